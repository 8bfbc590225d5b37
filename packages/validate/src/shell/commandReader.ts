import {
  type Assignment,
  type Command,
  forEachChild,
  type ParsedScript,
  parse,
  type Redirection as RedirectionNode,
  type SyntaxNode,
  type Word,
} from 'unbash';
import { bashSyntaxOf } from './bashSyntax.ts';
import type {
  BashSyntax,
  CommandFacts,
  Dialect,
  Folder,
  FolderChange,
  Invocation,
  Part,
  PathChanges,
  Redirection,
  SyntaxProblem,
  VariableUse,
} from './commandFacts.ts';
import { shellText } from './interpreters.ts';
import { placesInLiteral } from './literalPlaces.ts';
import { bashBuiltinNames, posixBuiltinNames } from './programs.ts';
import { namesSetBy } from './setNames.ts';
import { literalOf, readWord, type ShellWord } from './word.ts';
import { assignmentIn, isQuestion, unwrap } from './wrappers.ts';

/** What holds at a place of the command and changes from one place to the next. */
interface Scope {
  folder: Folder;
  pathChanges: PathChanges;
  isConditional: boolean;
  isTolerated: boolean;
}

type Place = (offset: number) => number;

/** Walks the syntax tree of one command, nested shell texts (`sh -c '…'`) included, and collects its facts. */
export class CommandReader {
  readonly #text: string;
  readonly #dialect: Dialect;
  #place: Place;
  readonly #depth: number;
  readonly #problems: SyntaxProblem[] = [];
  readonly #bashSyntax: BashSyntax[] = [];
  readonly #invocations: Invocation[] = [];
  readonly #redirections: Redirection[] = [];
  readonly #folderChanges: FolderChange[] = [];
  readonly #uses: VariableUse[] = [];
  readonly #sets = new Set<string>();
  readonly #functions = new Set<string>();
  readonly #probedPrograms = new Set<string>();
  readonly #probedPaths = new Set<string>();
  readonly #background: Part[] = [];
  #readsForeignCode = false;
  #shellSyntax: Part | undefined;
  #scope: Scope = { folder: [], pathChanges: [], isConditional: false, isTolerated: false };

  constructor(text: string, dialect: Dialect, place: Place, depth = 0) {
    this.#text = text;
    this.#dialect = dialect;
    this.#place = place;
    this.#depth = depth;
  }

  get facts(): CommandFacts {
    return {
      isPlain: false,
      problems: this.#problems,
      bashSyntax: this.#bashSyntax,
      invocations: this.#invocations,
      redirections: this.#redirections,
      folderChanges: this.#folderChanges,
      uses: this.#uses,
      sets: this.#sets,
      functions: this.#functions,
      probedPrograms: this.#probedPrograms,
      probedPaths: this.#probedPaths,
      readsForeignCode: this.#readsForeignCode,
      background: this.#background,
      shellSyntax: this.#shellSyntax,
    };
  }

  readScript(script: ParsedScript): void {
    for (const { message, pos } of script.errors ?? []) {
      const start = Math.min(pos, Math.max(0, this.#text.length - 1));
      this.#problems.push({ message, start: this.#place(start), end: this.#place(start + 1) });
    }
    for (const statement of script.commands) this.#visit(statement);
  }

  #part({ pos, end }: { readonly pos: number; readonly end: number }): Part {
    return { start: this.#place(pos), end: this.#place(end) };
  }

  /** Visits what changes neither folder nor PATH for what follows: subshells, parts of pipelines, substitutions. */
  #visitApart(visit: () => void): void {
    const outer = this.#scope;
    this.#scope = { ...outer };
    visit();
    this.#scope = outer;
  }

  /** Visits a branch that may never be reached. A folder changed in it is no longer known behind it. */
  #visitBranch(visit: () => void): void {
    const { isConditional, folder } = this.#scope;
    this.#scope.isConditional = true;
    visit();
    this.#scope.isConditional = isConditional;
    if (this.#scope.folder !== folder) this.#scope.folder = undefined;
  }

  /** Visits what runs once or more: it is reached, and a folder changed in it is not known when it begins again. */
  #visitLoop(visit: () => void): void {
    const { folder } = this.#scope;
    visit();
    if (this.#scope.folder !== folder) this.#scope.folder = undefined;
  }

  #visitChildren(node: SyntaxNode): void {
    forEachChild(node, (child) => this.#visit(child));
  }

  #visit(node: SyntaxNode): void {
    if (this.#dialect === 'posix') this.#noteBashSyntax(node);
    switch (node.type) {
      case 'Statement':
        if (node.background === true) {
          this.#background.push(this.#part(node));
          this.#noteShellSyntax(node);
        }
        this.#visitChildren(node);
        return;
      case 'AndOr':
        this.#visitAndOr(node);
        return;
      case 'Pipeline':
        if (node.operators.length > 0) this.#noteShellSyntax(node);
        for (const prefix of node.prefixes) if (prefix.type === 'Time') this.#visitTime(prefix);
        if (node.operators.length === 0) {
          for (const command of node.commands) this.#visit(command);
          return;
        }
        for (const command of node.commands) this.#visitApart(() => this.#visit(command));
        return;
      case 'If':
        this.#visit(node.clause);
        this.#visitBranch(() => this.#visit(node.then));
        for (const elif of node.elif) this.#visitBranch(() => this.#visitChildren(elif));
        if (node.else !== undefined) this.#visitBranch(() => this.#visit(node.else!));
        return;
      case 'While':
        this.#visit(node.clause);
        this.#visitBranch(() => this.#visit(node.body));
        return;
      case 'For':
      case 'Select':
        this.#sets.add(node.name.value);
        for (const word of node.wordlist ?? []) this.#visit(word);
        this.#visitLoop(() => this.#visit(node.body));
        return;
      case 'ArithmeticFor':
        this.#visitBranch(() => this.#visitChildren(node));
        return;
      case 'Case':
        this.#visit(node.word);
        for (const item of node.items) this.#visitBranch(() => this.#visitChildren(item));
        return;
      case 'Function':
        this.#functions.add(node.name.value);
        this.#visitApart(() => this.#visitBranch(() => this.#visit(node.body)));
        return;
      case 'Subshell':
      case 'Coproc':
        this.#noteShellSyntax(node);
        this.#visitApart(() => this.#visitChildren(node));
        return;
      case 'Redirected':
        this.#visit(node.command);
        for (const redirect of node.redirects) this.#visitRedirection(redirect);
        return;
      case 'Command':
        this.#visitCommand(node);
        return;
      case 'TestCommand':
        this.#visitProbing(() => this.#visitChildren(node));
        return;
      case 'TestUnary':
        if (/^-[a-zA-Z]$/.test(node.operator)) this.#probePath(readWord(node.operand, this.#place));
        this.#visitChildren(node);
        return;
      case 'Assignment':
        this.#sets.add(node.name);
        this.#visitChildren(node);
        return;
      case 'SimpleExpansion':
        this.#noteShellSyntax(node);
        this.#use(node.text.slice(1), node, false);
        return;
      case 'ParameterExpansion':
        this.#visitParameter(node);
        return;
      case 'CommandExpansion':
      case 'ProcessSubstitution':
      case 'ArithmeticCommandExpansion':
        this.#noteShellSyntax(node);
        this.#visitSubstitution(node);
        return;
      case 'ArithmeticWord':
        if (/^[A-Za-z_]\w*$/.test(node.value)) this.#use(node.value, node, true);
        this.#visitChildren(node);
        return;
      case 'ArithmeticUnary':
      case 'ArithmeticBinary':
        this.#noteArithmeticAssignment(node);
        this.#visitChildren(node);
        return;
      case 'Redirect':
      case 'HereString':
      case 'HereDoc':
        this.#visitRedirection(node);
        return;
      default:
        this.#visitChildren(node);
        return;
    }
  }

  /** `a && b`: what follows a question is a branch; `a || b`: b is one, and `a || true` forgives a. */
  #visitAndOr(node: Extract<SyntaxNode, { type: 'AndOr' }>): void {
    this.#noteShellSyntax(node);
    const { isConditional, isTolerated } = this.#scope;
    node.commands.forEach((command, index) => {
      const before = node.operators[index - 1];
      const previous = node.commands[index - 1];
      const isBranch = before === '||' || (previous !== undefined && isTest(previous));
      const isForgiven = node.operators.slice(index).some((operator, at) => {
        const next = node.commands[index + at + 1];
        return operator === '||' && next !== undefined && isNothing(next);
      });
      this.#scope.isTolerated = isTolerated || isForgiven;
      if (isBranch) this.#scope.isConditional = true;
      this.#visit(command);
    });
    this.#scope.isConditional = isConditional;
    this.#scope.isTolerated = isTolerated;
  }

  /** A keyword of bash; for plain `sh` a program. */
  #visitTime(node: { readonly pos: number; readonly keywordEnd: number }): void {
    if (this.#dialect !== 'posix') return;
    const start = this.#place(node.pos);
    const word = {
      start,
      end: this.#place(node.keywordEnd),
      pieces: [{ kind: 'text', text: 'time' }],
    } as const;
    this.#invocations.push({ name: word, args: [], ...this.#scope });
  }

  #visitParameter(node: Extract<SyntaxNode, { type: 'ParameterExpansion' }>): void {
    const { operation, parameter } = node;
    // `${NAME}` alone is replaced also where there is no shell.
    if (operation !== undefined || node.prefix !== undefined) this.#noteShellSyntax(node);
    const isDefault = operation?.type === 'Default';
    if (isDefault && operation.operator.endsWith('=')) this.#sets.add(parameter);
    this.#use(parameter, node, isDefault || node.prefix === '!');
    this.#visitChildren(node);
  }

  #visitSubstitution(node: {
    readonly script: ParsedScript | undefined;
    readonly pos: number;
    readonly end: number;
  }) {
    const { script } = node;
    if (script === undefined) return;
    const place = this.#place;
    // Backticks with escapes are parsed from a text of their own: all of it is placed at the whole substitution.
    if (script.source !== undefined) {
      const whole = this.#part(node);
      this.#place = (offset) => (offset === 0 ? whole.start : whole.end);
    }
    this.#visitApart(() => {
      if (script.source === undefined) return this.readScript(script);
      for (const statement of script.commands) this.#visit(statement);
    });
    this.#place = place;
  }

  #visitCommand(node: Command): void {
    const words = node.args.map((argument) => this.#wordOf(argument));
    for (const assignment of node.prefix) if (assignment.type === 'Assignment') this.#visit(assignment);
    if (node.name === undefined) {
      for (const assignment of node.prefix) if (assignment.type === 'Assignment') this.#notePath(assignment);
    } else {
      const name = readWord(node.name, this.#place);
      this.#visit(node.name);
      const program = literalOf(name) ?? '';
      const isProbe = program === '[' || program === 'test' || isQuestion(program, words);
      const visitArguments = () => node.args.forEach((argument) => void this.#visit(argument));
      if (isProbe) this.#visitProbing(visitArguments);
      else visitArguments();
      const setsPath = node.prefix.some((one) => one.type === 'Assignment' && one.name === 'PATH');
      this.#visitApart(() => {
        if (setsPath) this.#scope.pathChanges = [...this.#scope.pathChanges, undefined];
        this.#invoke(name, words, node);
      });
      this.#changeState(program, words, node);
    }
    for (const redirect of node.redirects) this.#visitRedirection(redirect);
  }

  /** A program is started: this one, and those that it starts in turn. */
  #invoke(name: ShellWord, args: readonly ShellWord[], node: Command | undefined): void {
    const program = literalOf(name);
    this.#invocations.push({ name, args, ...this.#scope });
    if (program === undefined) return;
    if (['.', 'source', 'eval'].includes(program)) this.#readsForeignCode = true;
    if (this.#dialect === 'posix' && bashBuiltinNames.has(program) && !posixBuiltinNames.has(program)) {
      this.#bashSyntax.push({ what: program, start: name.start, end: name.end });
    }
    this.#noteProbes(program, args);
    for (const set of namesSetBy(program, args)) this.#sets.add(set);
    const inner = unwrap(program, args);
    if (inner !== undefined) this.#invokeInner(inner, node);
    if (program === 'find') this.#invokeFound(args, node);
    const text = shellText(program, args) ?? (program === 'eval' && args.length === 1 ? args[0] : undefined);
    if (text !== undefined)
      this.#readNested(text, program === 'eval' ? this.#dialect : dialectIn(program), node);
  }

  #invokeInner(
    { name, args, changesPath, assigned }: NonNullable<ReturnType<typeof unwrap>>,
    node: Command | undefined,
  ) {
    for (const set of assigned) this.#sets.add(set);
    this.#visitApart(() => {
      if (changesPath) this.#scope.pathChanges = [...this.#scope.pathChanges, undefined];
      // flock file -c 'command'
      if (literalOf(name) === '-c' && args[0] !== undefined) this.#readNested(args[0], this.#dialect, node);
      else this.#invoke(name, args, node);
    });
  }

  /** `find … -exec command {} ;`: the command runs in a folder that find chooses, or once for each file. */
  #invokeFound(args: readonly ShellWord[], node: Command | undefined): void {
    args.forEach((word, index) => {
      const option = literalOf(word) ?? '';
      if (!/^-(?:exec|ok)(?:dir)?$/.test(option)) return;
      const rest = args.slice(index + 1);
      const end = rest.findIndex((next) => [';', '+'].includes(literalOf(next) ?? ''));
      const [name, ...inner] = end === -1 ? rest : rest.slice(0, end);
      if (name === undefined) return;
      this.#visitApart(() => {
        if (option.endsWith('dir')) this.#scope.folder = undefined;
        this.#invoke(name, inner, node);
      });
    });
  }

  /** Reads the text of `sh -c '…'` as a command of its own, with its places in this one. */
  #readNested(word: ShellWord, dialect: Dialect, node: Command | undefined): void {
    const text = literalOf(word);
    if (text === undefined || this.#depth > 8) return;
    const written = node && findWord(node, word, this.#place);
    const inside = written && placesInLiteral(written, text.length);
    const outer = this.#place;
    const place: Place =
      inside === undefined
        ? (offset) => (offset < text.length ? word.start : word.end)
        : (offset) => outer(inside[Math.min(offset, text.length)]!);
    const nested = new CommandReader(text, dialect, place, this.#depth + 1);
    nested.#scope = { ...this.#scope };
    nested.readScript(parse(text));
    const shell = dialect === 'posix' ? 'sh' : 'bash';
    this.#problems.push(...nested.#problems.map((problem) => ({ nested: { shell, text }, ...problem })));
    this.#merge(nested);
  }

  #merge(nested: CommandReader): void {
    this.#bashSyntax.push(...nested.#bashSyntax);
    this.#invocations.push(...nested.#invocations);
    this.#redirections.push(...nested.#redirections);
    this.#folderChanges.push(...nested.#folderChanges);
    // Arguments of `sh -c` are variables of that shell; what it does not set itself it inherits.
    this.#uses.push(...nested.#uses);
    for (const [mine, theirs] of [
      [this.#sets, nested.#sets],
      [this.#functions, nested.#functions],
      [this.#probedPrograms, nested.#probedPrograms],
      [this.#probedPaths, nested.#probedPaths],
    ] as const) {
      for (const name of theirs) mine.add(name);
    }
    this.#readsForeignCode ||= nested.#readsForeignCode;
  }

  /** What a command changes for those behind it. */
  #changeState(program: string, words: readonly ShellWord[], node: Command): void {
    if (program === 'cd' || program === 'pushd') this.#changeFolder(words);
    if (program === 'popd') this.#scope.folder = undefined;
    if (['export', 'declare', 'typeset', 'readonly', 'local'].includes(program)) {
      for (const argument of node.args) if (argument.type === 'Assignment') this.#notePath(argument);
    }
    if (program === 'alias') {
      for (const word of words) {
        const name = assignmentIn(word);
        if (name !== undefined) this.#functions.add(name);
      }
    }
  }

  #changeFolder(words: readonly ShellWord[]): void {
    const target = words.find((word) => !/^-[LPe@]*$|^--$/.test(literalOf(word) ?? ''));
    const { folder, isConditional, isTolerated } = this.#scope;
    if (target === undefined || literalOf(target) === '-') {
      this.#scope.folder = undefined;
      return;
    }
    this.#folderChanges.push({ target, folder, isConditional, isTolerated });
    this.#scope.folder = folder && [...folder, target];
  }

  #notePath(assignment: Assignment): void {
    if (assignment.name !== 'PATH') return;
    const { value } = assignment;
    const change = value.type === 'Word' ? readWord(value, this.#place) : undefined;
    this.#scope.pathChanges = [...this.#scope.pathChanges, change];
  }

  #visitRedirection(node: RedirectionNode): void {
    this.#noteShellSyntax(node);
    if (this.#dialect === 'posix') this.#noteBashSyntax(node);
    if (node.type === 'HereDoc') {
      for (const part of node.body.parts ?? []) this.#visit(part);
      return;
    }
    if (node.target === undefined) return;
    this.#visit(node.target);
    if (node.type === 'HereString' || /^[<>]&$/.test(node.operator)) return;
    const { folder, isConditional, isTolerated } = this.#scope;
    const kind = node.operator === '<' ? 'read' : 'write';
    this.#redirections.push({
      kind,
      target: readWord(node.target, this.#place),
      folder,
      isConditional,
      isTolerated,
    });
  }

  #wordOf(argument: Word | Assignment): ShellWord {
    if (argument.type === 'Word') return readWord(argument, this.#place);
    const part = this.#part(argument);
    const text = { kind: 'text', text: `${argument.name}=` } as const;
    if (argument.value.type !== 'Word') return { ...part, pieces: [text, { kind: 'unknown' }] };
    return { ...part, pieces: [text, ...readWord(argument.value, this.#place).pieces] };
  }

  /** Variables inside a question (`[ -n "$X" ]`) are asked for there, and so not taken for granted elsewhere. */
  #visitProbing(visit: () => void): void {
    const from = this.#uses.length;
    visit();
    for (let index = from; index < this.#uses.length; index++) {
      this.#uses[index] = { ...this.#uses[index]!, isGuarded: true };
    }
  }

  #noteProbes(program: string, args: readonly ShellWord[]): void {
    if (program === '[' || program === 'test') {
      for (const word of args) this.#probePath(word);
    } else if (isQuestion(program, args)) {
      for (const word of args) {
        const text = literalOf(word);
        if (text !== undefined && !text.startsWith('-')) this.#probedPrograms.add(text);
      }
    }
  }

  #probePath(word: ShellWord): void {
    this.#probedPaths.add(keyOf(word));
  }

  #noteArithmeticAssignment(
    node: Extract<SyntaxNode, { type: 'ArithmeticUnary' | 'ArithmeticBinary' }>,
  ): void {
    const target = node.type === 'ArithmeticUnary' ? node.operand : node.left;
    const isAssignment =
      node.type === 'ArithmeticUnary'
        ? node.operator === '++' || node.operator === '--'
        : node.operator.endsWith('=') && !['==', '!=', '<=', '>='].includes(node.operator);
    if (isAssignment && target.type === 'ArithmeticWord') this.#sets.add(target.value);
  }

  #use(name: string, node: { readonly pos: number; readonly end: number }, isGuarded: boolean): void {
    if (/^[A-Za-z_]\w*$/.test(name)) this.#uses.push({ name, ...this.#part(node), isGuarded });
  }

  #noteShellSyntax(node: { readonly pos: number; readonly end: number }): void {
    this.#shellSyntax ??= this.#part(node);
  }

  #noteBashSyntax(node: SyntaxNode): void {
    const what =
      node.type === 'Function' && this.#text.startsWith('function', node.pos)
        ? 'function name {…}'
        : bashSyntaxOf(node);
    if (what !== undefined) this.#bashSyntax.push({ what, ...this.#part(node) });
  }
}

/** The same for words that read the same. */
export function keyOf({ pieces }: ShellWord): string {
  return pieces
    .map((piece) =>
      piece.kind === 'text' ? piece.text : piece.kind === 'variable' ? `\${${piece.name}}` : '?',
    )
    .join('');
}

function dialectIn(program: string): Dialect {
  return program === 'bash' ? 'bash' : program === 'sh' || program === 'dash' ? 'posix' : 'other';
}

function programOf(node: SyntaxNode): string | undefined {
  return node.type === 'Command' && node.name?.parts === undefined ? node.name?.value : undefined;
}

function isTest(node: SyntaxNode): boolean {
  if (node.type === 'Pipeline' && node.operators.length === 0) return node.commands.some(isTest);
  if (node.type === 'Redirected') return isTest(node.command);
  const program = programOf(node);
  return (
    node.type === 'TestCommand' ||
    (program !== undefined && ['[', 'test', 'command', 'which', 'type', 'hash'].includes(program))
  );
}

/** `true` or `:`, which forgive what stands before `||`. */
function isNothing(node: SyntaxNode): boolean {
  return [':', 'true'].includes(programOf(node) ?? '');
}

/** The word of the syntax tree that stands at the place of `word`. */
function findWord(node: Command, word: ShellWord, place: Place): Word | undefined {
  return node.args.find(
    (argument): argument is Word => argument.type === 'Word' && place(argument.pos) === word.start,
  );
}
