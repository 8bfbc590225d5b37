import type {
  BashSyntax,
  CommandFacts,
  FinalPipe,
  Folder,
  FolderChange,
  Invocation,
  PathChanges,
  Redirection,
  SyntaxProblem,
  VariableAssignment,
  VariableUse,
} from './commandFacts.ts';
import { type KnownProgram, knownProgram } from './knownProgram.ts';
import type { Part } from './part.ts';
import type { Scope } from './scope.ts';
import type { ShellWord } from './word.ts';

const none: readonly never[] = [];
const noNames: ReadonlySet<string> = new Set();

type Names = 'sets' | 'functions' | 'probedPrograms' | 'probedPaths';

/** The facts of a command while they are gathered. Most commands have few kinds of them: what is empty is shared. */
export class FactsBuilder implements CommandFacts {
  isPlain = false;
  invocations: readonly Invocation[] = none;
  redirections: readonly Redirection[] = none;
  uses: readonly VariableUse[] = none;
  shellSyntax: Part | undefined = undefined;
  finalPipe: FinalPipe | undefined = undefined;
  sets: ReadonlySet<string> = noNames;
  functions: ReadonlySet<string> = noNames;
  probedPrograms: ReadonlySet<string> = noNames;
  probedPaths: ReadonlySet<string> = noNames;
  folderChanges: readonly FolderChange[] = none;
  assignments: readonly VariableAssignment[] = none;
  problems: readonly SyntaxProblem[] = none;
  bashSyntax: readonly BashSyntax[] = none;
  background: readonly Part[] = none;
  readsForeignCode = false;

  addInvocation(name: ShellWord, args: readonly ShellWord[], scope: Scope): void {
    this.invocations = added(this.invocations, new StartedProgram(name, args, scope));
  }

  addRedirection(redirection: Redirection): void {
    this.redirections = added(this.redirections, redirection);
  }

  addFolderChange(change: FolderChange): void {
    this.folderChanges = added(this.folderChanges, change);
  }

  addUse(use: VariableUse): void {
    this.uses = added(this.uses, use);
  }

  addAssignment(assignment: VariableAssignment): void {
    this.assignments = added(this.assignments, assignment);
  }

  addProblem(problem: SyntaxProblem): void {
    this.problems = added(this.problems, problem);
  }

  addBashSyntax(syntax: BashSyntax): void {
    this.bashSyntax = added(this.bashSyntax, syntax);
  }

  addBackground(part: Part): void {
    this.background = added(this.background, part);
  }

  addName(kind: Names, name: string): void {
    if (this[kind] === noNames) this[kind] = new Set([name]);
    else (this[kind] as Set<string>).add(name);
  }

  /** Adds what a text inside the command (`sh -c '…'`) holds. What it leaves in the background is its own matter. */
  absorb(nested: FactsBuilder): void {
    this.bashSyntax = [...this.bashSyntax, ...nested.bashSyntax];
    this.invocations = [...this.invocations, ...nested.invocations];
    this.redirections = [...this.redirections, ...nested.redirections];
    this.folderChanges = [...this.folderChanges, ...nested.folderChanges];
    this.uses = [...this.uses, ...nested.uses];
    this.assignments = [...this.assignments, ...nested.assignments];
    for (const kind of ['sets', 'functions', 'probedPrograms', 'probedPaths'] as const) {
      for (const name of nested[kind]) this.addName(kind, name);
    }
    this.readsForeignCode ||= nested.readsForeignCode;
  }

  /** Marks the variables noted from `first` on as asked for: `[ -n "$X" ]` takes nothing for granted. */
  guardUses(first: number): void {
    if (first === this.uses.length) return;
    this.uses = this.uses.map((use, index) => (index < first ? use : { ...use, isGuarded: true }));
  }

  /** How much there is by now, for `forgive`. */
  mark(): Mark {
    const { invocations, redirections, folderChanges } = this;
    return [invocations.length, redirections.length, folderChanges.length];
  }

  /** What has been noted between the marks stands before `|| true`. */
  forgive(from: Mark, to: Mark): void {
    this.invocations = forgiven(this.invocations, from[0], to[0]);
    this.redirections = forgiven(this.redirections, from[1], to[1]);
    this.folderChanges = forgiven(this.folderChanges, from[2], to[2]);
  }

  /** What a substitution starts is met before the command that it stands in. */
  sortInvocations(): void {
    const { invocations } = this;
    for (let index = 1; index < invocations.length; index++) {
      if (invocations[index - 1]!.name.start <= invocations[index]!.name.start) continue;
      this.invocations = invocations.toSorted((a, b) => a.name.start - b.name.start);
      return;
    }
  }
}

class StartedProgram implements Invocation {
  readonly name: ShellWord;
  readonly program: KnownProgram | undefined;
  readonly args: readonly ShellWord[];
  readonly folder: Folder;
  readonly pathChanges: PathChanges;
  readonly isConditional: boolean;
  readonly isTolerated: boolean;

  constructor(name: ShellWord, args: readonly ShellWord[], scope: Scope) {
    this.name = name;
    this.program = name.text === undefined ? undefined : knownProgram(name.text);
    this.args = args;
    this.folder = scope.folder;
    this.pathChanges = scope.pathChanges;
    this.isConditional = scope.isConditional;
    this.isTolerated = scope.isTolerated;
  }
}

export type Mark = readonly [invocations: number, redirections: number, folderChanges: number];

function forgiven<Item extends { readonly isTolerated: boolean }>(
  list: readonly Item[],
  from: number,
  to: number,
): readonly Item[] {
  return from === to
    ? list
    : list.map((one, index) => (index >= from && index < to ? { ...one, isTolerated: true } : one));
}

/** The list with one more: the same one, unless it is that of nothing. */
function added<Item>(list: readonly Item[], item: Item): readonly Item[] {
  if (list === none) return [item];
  (list as Item[]).push(item);
  return list;
}
