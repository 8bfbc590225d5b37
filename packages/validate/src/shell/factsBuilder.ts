import type {
  BashSyntax,
  CommandFacts,
  FinalPipe,
  FolderChange,
  Invocation,
  Redirection,
  SyntaxProblem,
  VariableAssignment,
  VariableUse,
} from './commandFacts.ts';
import type { Part } from './part.ts';

/** The facts of a command while they are gathered. */
export class FactsBuilder implements CommandFacts {
  readonly isPlain = false;
  readonly problems: SyntaxProblem[] = [];
  readonly bashSyntax: BashSyntax[] = [];
  readonly invocations: Invocation[] = [];
  readonly redirections: Redirection[] = [];
  readonly folderChanges: FolderChange[] = [];
  readonly uses: VariableUse[] = [];
  readonly assignments: VariableAssignment[] = [];
  readonly sets = new Set<string>();
  readonly functions = new Set<string>();
  readonly probedPrograms = new Set<string>();
  readonly probedPaths = new Set<string>();
  readonly background: Part[] = [];
  readsForeignCode = false;
  finalPipe: FinalPipe | undefined = undefined;
  shellSyntax: Part | undefined = undefined;

  /** Adds what a text inside the command (`sh -c '…'`) holds. What it leaves in the background is its own matter. */
  absorb(nested: FactsBuilder): void {
    this.bashSyntax.push(...nested.bashSyntax);
    this.invocations.push(...nested.invocations);
    this.redirections.push(...nested.redirections);
    this.folderChanges.push(...nested.folderChanges);
    this.uses.push(...nested.uses);
    this.assignments.push(...nested.assignments);
    for (const name of nested.sets) this.sets.add(name);
    for (const name of nested.functions) this.functions.add(name);
    for (const name of nested.probedPrograms) this.probedPrograms.add(name);
    for (const path of nested.probedPaths) this.probedPaths.add(path);
    this.readsForeignCode ||= nested.readsForeignCode;
  }

  /** Marks the variables noted from `first` on as asked for: `[ -n "$X" ]` takes nothing for granted. */
  guardUses(first: number): void {
    for (let index = first; index < this.uses.length; index++) {
      this.uses[index] = { ...this.uses[index]!, isGuarded: true };
    }
  }
}
