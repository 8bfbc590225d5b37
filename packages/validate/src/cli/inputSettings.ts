import { dirname, resolve } from 'node:path';
import { type CommandContext, parseAssignments } from '@executioner/core';
import { findRc, type RcSettings, readRc } from '../settings/rcFile.ts';
import type { RuleSetting } from '../settings/ruleSetting.ts';
import { ruleSettings } from '../settings/ruleSettings.ts';
import { nodeWorld } from '../world/nodeWorld.ts';
import type { World } from '../world/world.ts';
import type { Input } from './inputs.ts';
import { type ShellCheckWish, shellCheckPath, usualShellCheckLimit } from './shellCheckPath.ts';
import type { ValidateArguments } from './validateArguments.ts';

/** What holds for an input, from the command line and the settings file. */
export interface InputSettings {
  rulesFor(input: Input): ReadonlyMap<string, RuleSetting>;
  isStrict(input: Input): boolean;
  /** This machine as it is to be looked at for the input; the same one for all inputs with the same settings. */
  worldFor(input: Input): World;
  variablesFor(input: Input): Readonly<Record<string, string>>;
}

/** @throws CommandError for settings that cannot be used. */
export function settingsOf(args: ValidateArguments, { io }: CommandContext): InputSettings {
  const asked = ruleSettings(args.rule);
  const variables = parseAssignments(args.env);
  const named =
    args.rc === undefined || args.rc === 'none' ? undefined : readRc(resolve(io.cwd, args.rc), true);
  const worlds = new Map<ShellCheckWish, World>();
  const byFolder = new Map<string, RcSettings | undefined>();
  const rcFor = ({ source }: Input): RcSettings | undefined => {
    if (args.rc !== undefined) return named;
    const folder = typeof source === 'string' ? dirname(source) : io.cwd;
    if (!byFolder.has(folder)) byFolder.set(folder, findRc(folder));
    return byFolder.get(folder);
  };
  return {
    rulesFor: (input) => {
      const path = typeof input.source === 'string' ? input.source : resolve(io.cwd, '-');
      return new Map([...(rcFor(input)?.rulesFor(path) ?? []), ...asked]);
    },
    isStrict: (input) => args.strict || (rcFor(input)?.strict ?? false),
    worldFor(input) {
      const wish = args.shellcheck === 'auto' ? (rcFor(input)?.shellcheck ?? 'auto') : args.shellcheck;
      const known = worlds.get(wish);
      if (known !== undefined) return known;
      const world = nodeWorld({
        shellCheck: shellCheckPath(wish, io.env),
        shellCheckLimit: wish === 'all' ? undefined : usualShellCheckLimit,
      });
      worlds.set(wish, world);
      return world;
    },
    variablesFor: (input) => ({ ...rcFor(input)?.env, ...variables }),
  };
}
