import type { ShellCheckWish } from './shellCheckPath.ts';

/** What the command line asks for. */
export interface ValidateArguments {
  readonly files: readonly string[];
  readonly strict: boolean;
  readonly fix: boolean;
  readonly dryRun: boolean;
  readonly unsafe: boolean;
  readonly rule: readonly string[];
  readonly rc: string | undefined;
  readonly env: readonly string[];
  readonly shellcheck: ShellCheckWish;
  readonly watch: boolean;
}

/** What is named, else the current folder. */
export function namedFiles({ files }: ValidateArguments): readonly string[] {
  return files.length === 0 ? ['.'] : files;
}
