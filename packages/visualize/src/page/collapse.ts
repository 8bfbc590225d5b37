import { countOf, formatDuration } from '@executioner/report';
import type { Picture, PictureDependency, PictureJob } from '../picture/picture.ts';

/** A picture in which some groups are one box each. */
export interface CollapsedPicture {
  readonly picture: Picture;
  /** For each job of it the number of the job in the whole picture; for a collapsed group -1 − the group's number. */
  readonly originOf: readonly number[];
}

const gravity = ['bad', 'active', 'warning', 'muted', 'good'] as const;

/** The picture with the groups in `collapsed` drawn as one box each. Linear. */
export function collapse(picture: Picture, collapsed: ReadonlySet<number>): CollapsedPicture {
  const jobs: PictureJob[] = [];
  const originOf: number[] = [];
  const boxOf = new Map<number, number>();
  const numberOf = picture.jobs.map((job, number) => {
    if (!collapsed.has(job.group)) {
      originOf.push(number);
      return jobs.push(job) - 1;
    }
    const known = boxOf.get(job.group);
    if (known !== undefined) return known;
    originOf.push(-1 - job.group);
    const box = jobs.push(groupBox(picture, job.group)) - 1;
    boxOf.set(job.group, box);
    return box;
  });
  const groups = picture.groups;
  return {
    picture: { ...picture, jobs, groups, dependencies: dependenciesBetween(picture, numberOf) },
    originOf,
  };
}

function groupBox({ jobs, groups }: Picture, group: number): PictureJob {
  const own = jobs.filter((job) => job.group === group);
  const states = own.flatMap(({ state }) => state ?? []);
  const worst = gravity
    .map((tone) => states.find((state) => state.tone === tone))
    .find((state) => state !== undefined);
  const total = own.reduce((sum, { state, estimateMs }) => sum + (state?.durationMs ?? estimateMs ?? 0), 0);
  const work = total === 0 ? '' : `, ${formatDuration(total)} of work`;
  return {
    id: `▸ ${groups[group]!}`,
    description: `${countOf(own.length, 'job')}${work}`,
    command: '',
    tags: [],
    group: -1,
    isEnabled: true,
    isCritical: own.some(({ isCritical }) => isCritical),
    facts: [],
    ...(worst === undefined
      ? {}
      : {
          state: {
            word: worst.word,
            glyph: worst.glyph,
            tone: worst.tone,
            note: '',
            exit: '',
            tries: 0,
            lines: [],
          },
        }),
  };
}

function dependenciesBetween({ dependencies }: Picture, numberOf: readonly number[]): PictureDependency[] {
  const merged = new Map<string, PictureDependency>();
  for (const dependency of dependencies) {
    const from = numberOf[dependency.from]!;
    const to = numberOf[dependency.to]!;
    if (from === to) continue;
    const key = `${from} ${to}`;
    const known = merged.get(key);
    merged.set(key, {
      ...dependency,
      from,
      to,
      isCritical: dependency.isCritical || known?.isCritical === true,
    });
  }
  return [...merged.values()];
}
