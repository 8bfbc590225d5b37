import type { Picture } from '../picture/picture.ts';
import type { PictureLayout } from '../scene/pictureLayout.ts';

/** The layout and what the picture shows, for other programs: sizes in pixels, boxes by their top left corner. */
export function renderJson(picture: Picture, places: PictureLayout): string {
  const { box, x, y, layerOf, pieceOf, routes, direction, width, height, crossings, lanes } = places;
  const { jobs, dependencies, groups, critical, run, title } = picture;
  const document = {
    application: title,
    direction,
    width: round(width),
    height: round(height),
    crossings,
    ...(groups.length === 0
      ? {}
      : {
          group_by: picture.groupBy,
          groups: lanes.flatMap(({ group, piece, from, to }) =>
            group === -1
              ? []
              : [
                  {
                    name: groups[group],
                    ...(pieceOf === undefined ? {} : { piece }),
                    from: round(from),
                    to: round(to),
                  },
                ],
          ),
        }),
    critical_path: {
      by: critical.by,
      jobs: critical.path.map((job) => jobs[job]!.id),
      ...(critical.lengthMs === undefined ? {} : { length_ms: critical.lengthMs }),
    },
    ...(run === undefined ? {} : { run: { name: run.name, verdict: run.verdict } }),
    jobs: jobs.map(({ id, group, isCritical, slackMs, estimateMs, state }, job) => ({
      id,
      x: round(x[job]! - box.width / 2),
      y: round(y[job]! - box.height / 2),
      width: box.width,
      height: box.height,
      layer: layerOf[job],
      ...(pieceOf === undefined ? {} : { piece: pieceOf[job] }),
      ...(group === -1 ? {} : { group: groups[group] }),
      critical: isCritical,
      ...(slackMs === undefined ? {} : { slack_ms: slackMs }),
      ...(estimateMs === undefined ? {} : { estimated_ms: estimateMs }),
      ...(state === undefined ? {} : { status: state.word }),
      ...(state?.durationMs === undefined ? {} : { duration_ms: state.durationMs }),
    })),
    dependencies: dependencies.map(({ from, to, when, isCritical }, k) => ({
      from: jobs[from]!.id,
      to: jobs[to]!.id,
      when,
      critical: isCritical,
      points: pairs(routes[k]!),
    })),
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}

function pairs(route: Float64Array): [number, number][] {
  return Array.from({ length: route.length / 2 }, (_, k) => [round(route[2 * k]!), round(route[2 * k + 1]!)]);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
