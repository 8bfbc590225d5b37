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
import { namesAssignedIn } from './arithmetic.ts';
import { bashSyntaxOf } from './bashSyntax.ts';
import type { Dialect } from './commandFacts.ts';
import { FactsBuilder } from './factsBuilder.ts';
import { changeFolder } from './folderChange.ts';
import { hereDocumentPassedOn, textOfHereDocument } from './hereDocument.ts';
import { type InputText, type InvocationContext, readInvocation } from './invocationReader.ts';
import { placesInLiteral } from './literalPlaces.ts';
import type { Part } from './part.ts';
import { finalPipeOf, isNothing, isTest, programOf } from './questions.ts';
import { type Scope, Scopes } from './scope.ts';
import { keyOf, literalOf, type Placing, readArgument, readWord, type ShellWord, TextWord } from './word.ts';
import { assignmentIn, isQuestion } from './wrappers.ts';

export interface CommandReaderOptions {
  readonly place?: Placing;
  /** What holds where the text begins. */
  readonly scope?: Scope;
  readonly depth?: number;
}

/** Texts of `sh -c` inside each other further than this are not read. */
const maximumDepth = 8;

/** Walks the syntax tree of one command and gathers its facts. */
export class CommandReader implements InvocationContext {
  readonly facts = new FactsBuilder();
  readonly #text: string;
  readonly dialect: Dialect;
  readonly #depth: number;
  readonly scopes: Scopes;
  #place: Placing | undefined;
  /** The command that is read. */
  #node: Command | undefined;
  /** The text of a here-document that a pipe leads into a command. */
  #piped: { readonly text: InputText; readonly to: SyntaxNode } | undefined;

  constructor(text: string, dialect: Dialect, { place, scope, depth }: CommandReaderOptions = {}) {
    this.#text = text;
    this.dialect = dialect;
    this.#place = place;
    this.scopes = new Scopes(scope);
    this.#depth = depth ?? 0;
  }

  readScript(script: ParsedScript): void {
    for (const { message, pos } of script.errors ?? []) {
      const start = Math.min(pos, Math.max(0, this.#text.length - 1));
      this.facts.addProblem({ message, ...this.place(start, start + 1) });
    }
    for (const statement of script.commands) this.#visit(statement);
  }

  /** The pipe that the command as a whole ends with. One in a substitution is not. */
  noteFinalPipe(script: ParsedScript): void {
    const pipe = finalPipeOf(script);
    if (pipe === undefined) return;
    const { first, last } = pipe;
    this.facts.finalPipe = { ...this.#part(first), first: programOf(first), last: programOf(last) };
  }

  #part({ pos, end }: { readonly pos: number; readonly end: number }): Part {
    return this.place(pos, end);
  }

  place(start: number, end: number): Part {
    return this.#place === undefined ? { start, end } : this.#place(start, end);
  }

  placesIn(word: ShellWord, length: number): readonly number[] | undefined {
    const written = this.#node?.args.find(
      (argument): argument is Word =>
        argument.type === 'Word' && this.place(argument.pos, argument.end).start === word.start,
    );
    return written && placesInLiteral(written, length);
  }

  inputText(): InputText | undefined {
    const input = this.#node?.redirects.findLast(({ operator }) => /^<(?!&)/.test(operator));
    if (input !== undefined) return input.type === 'HereDoc' ? textOfHereDocument(input) : undefined;
    return this.#piped?.to === this.#node ? this.#piped?.text : undefined;
  }

  #visitChildren(node: SyntaxNode): void {
    forEachChild(node, (child) => this.#visit(child));
  }

  #visit(node: SyntaxNode): void {
    if (this.dialect === 'posix') this.#noteBashSyntax(node);
    switch (node.type) {
      case 'Statement':
        if (node.background === true) {
          this.facts.addBackground(this.#part(node));
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
        this.#visitPipe(node);
        return;
      case 'If':
        this.#visit(node.clause);
        this.#visitBranch(node.then);
        for (const elif of node.elif) this.#visitChildrenInBranch(elif);
        if (node.else !== undefined) this.#visitBranch(node.else);
        return;
      case 'While':
        this.#visit(node.clause);
        this.#visitBranch(node.body);
        return;
      case 'For':
      case 'Select':
        this.facts.addName('sets', node.name.value);
        for (const word of node.wordlist ?? []) this.#visit(word);
        this.#visitLoop(node.body);
        return;
      case 'ArithmeticFor':
        this.#visitChildrenInBranch(node);
        return;
      case 'Case':
        this.#visit(node.word);
        for (const item of node.items) this.#visitChildrenInBranch(item);
        return;
      case 'Function':
        this.#visitFunction(node);
        return;
      case 'Subshell':
      case 'Coproc':
        this.#noteShellSyntax(node);
        this.#visitChildrenApart(node);
        return;
      case 'Redirected':
        this.#visit(node.command);
        for (const redirect of node.redirects) this.#visitRedirection(redirect);
        return;
      case 'Command':
        this.#visitCommand(node);
        return;
      case 'TestCommand':
        this.#visitTest(node);
        return;
      case 'TestUnary':
        if (/^-[a-zA-Z]$/.test(node.operator))
          this.facts.addName('probedPaths', keyOf(readWord(node.operand, this)));
        this.#visitChildren(node);
        return;
      case 'Assignment':
        this.#visitAssignment(node);
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
        for (const name of namesAssignedIn(node)) this.facts.addName('sets', name);
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

  /** What `cat <<EOF` passes on is the input of the next command. */
  #visitPipe({ commands }: Extract<SyntaxNode, { type: 'Pipeline' }>): void {
    for (const [index, command] of commands.entries()) {
      const before = commands[index - 1];
      const text = before && hereDocumentPassedOn(before);
      this.#piped = text && { text, to: command };
      this.#visitApart(command);
    }
    this.#piped = undefined;
  }

  // Apart from `#visit`, which would otherwise keep its node for these functions each time that it is called.
  #visitApart(node: SyntaxNode): void {
    this.scopes.apart(() => this.#visit(node));
  }

  #visitChildrenApart(node: SyntaxNode): void {
    this.scopes.apart(() => this.#visitChildren(node));
  }

  #visitBranch(node: SyntaxNode): void {
    this.scopes.branch(() => this.#visit(node));
  }

  #visitChildrenInBranch(node: SyntaxNode): void {
    this.scopes.branch(() => this.#visitChildren(node));
  }

  #visitLoop(node: SyntaxNode): void {
    this.scopes.loop(() => this.#visit(node));
  }

  #visitFunction(node: Extract<SyntaxNode, { type: 'Function' }>): void {
    this.facts.addName('functions', node.name.value);
    this.scopes.apart(() => this.#visitBranch(node.body));
  }

  /** Variables inside a question (`[[ -n $X ]]`) are asked for there, and so not taken for granted elsewhere. */
  #visitTest(node: SyntaxNode): void {
    const first = this.facts.uses.length;
    this.#visitChildren(node);
    this.facts.guardUses(first);
  }

  /** `a && b`: what follows a question is a branch; `a || b`: b is one, and `a || true` forgives a. */
  #visitAndOr(node: Extract<SyntaxNode, { type: 'AndOr' }>): void {
    this.#noteShellSyntax(node);
    const { isConditional, isTolerated } = this.scopes.current;
    node.commands.forEach((command, index) => {
      const before = node.operators[index - 1];
      const previous = node.commands[index - 1];
      const isBranch = before === '||' || (previous !== undefined && isTest(previous));
      const isForgiven = node.operators.slice(index).some((operator, at) => {
        const next = node.commands[index + at + 1];
        return operator === '||' && next !== undefined && isNothing(next);
      });
      this.scopes.current.isTolerated = isTolerated || isForgiven;
      if (isBranch) this.scopes.current.isConditional = true;
      this.#visit(command);
    });
    this.scopes.current.isConditional = isConditional;
    this.scopes.current.isTolerated = isTolerated;
  }

  /** A keyword of bash; for plain `sh` a program. */
  #visitTime(node: { readonly pos: number; readonly keywordEnd: number }): void {
    if (this.dialect !== 'posix') return;
    const word = new TextWord(this.place(node.pos, node.keywordEnd), 'time');
    this.facts.addInvocation(word, [], this.scopes.current);
  }

  #visitAssignment(node: Assignment): void {
    this.facts.addName('sets', node.name);
    if (node.value.type === 'Word') {
      this.facts.addAssignment({ name: node.name, value: readWord(node.value, this) });
    }
    this.#visitChildren(node);
  }

  #visitParameter(node: Extract<SyntaxNode, { type: 'ParameterExpansion' }>): void {
    const { operation, parameter } = node;
    // `${NAME}` alone is replaced also where there is no shell.
    if (operation !== undefined || node.prefix !== undefined) this.#noteShellSyntax(node);
    const isDefault = operation?.type === 'Default';
    if (isDefault && operation.operator.endsWith('=')) this.facts.addName('sets', parameter);
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
      this.#place = () => whole;
    }
    this.scopes.apart(() => {
      if (script.source === undefined) return this.readScript(script);
      for (const statement of script.commands) this.#visit(statement);
    });
    this.#place = place;
  }

  #visitCommand(node: Command): void {
    const words = node.args.map((argument) => readArgument(argument, this));
    for (const assignment of node.prefix) if (assignment.type === 'Assignment') this.#visit(assignment);
    if (node.name === undefined) {
      for (const assignment of node.prefix) if (assignment.type === 'Assignment') this.#notePath(assignment);
    } else {
      const name = readWord(node.name, this);
      this.#visit(node.name);
      const program = literalOf(name) ?? '';
      const isProbe = program === '[' || program === 'test' || isQuestion(program, words);
      const first = this.facts.uses.length;
      for (const argument of node.args) this.#visit(argument);
      if (isProbe) this.facts.guardUses(first);
      const outer = this.scopes.enter();
      const isPathSet = node.prefix.some((one) => one.type === 'Assignment' && one.name === 'PATH');
      if (isPathSet) this.scopes.changePath(undefined);
      this.#node = node;
      readInvocation(name, words, this);
      this.scopes.leave(outer);
      this.#changeState(program, words, node);
    }
    for (const redirect of node.redirects) this.#visitRedirection(redirect);
  }

  readText(text: string, dialect: Dialect, place: Placing): FactsBuilder | undefined {
    if (this.#depth === maximumDepth) return undefined;
    const reader = new CommandReader(text, dialect, {
      place,
      scope: this.scopes.current,
      depth: this.#depth + 1,
    });
    reader.readScript(parse(text));
    return reader.facts;
  }

  /** What a command changes for those behind it. */
  #changeState(program: string, words: readonly ShellWord[], node: Command): void {
    changeFolder(program, words, this);
    if (['export', 'declare', 'typeset', 'readonly', 'local'].includes(program)) {
      for (const argument of node.args) if (argument.type === 'Assignment') this.#notePath(argument);
    }
    if (program === 'alias') {
      for (const word of words) {
        const name = assignmentIn(word);
        if (name !== undefined) this.facts.addName('functions', name);
      }
    }
  }

  #notePath(assignment: Assignment): void {
    if (assignment.name !== 'PATH') return;
    const { value } = assignment;
    this.scopes.changePath(value.type === 'Word' ? readWord(value, this) : undefined);
  }

  #visitRedirection(node: RedirectionNode): void {
    this.#noteShellSyntax(node);
    if (this.dialect === 'posix') this.#noteBashSyntax(node);
    if (node.type === 'HereDoc') {
      for (const part of node.body.parts ?? []) this.#visit(part);
      return;
    }
    if (node.target === undefined) return;
    this.#visit(node.target);
    if (node.type === 'HereString' || /^[<>]&$/.test(node.operator)) return;
    const { folder, isConditional, isTolerated } = this.scopes.current;
    const kind = node.operator === '<' ? 'read' : 'write';
    this.facts.addRedirection({
      kind,
      appends: /^&?>>$/.test(node.operator),
      target: readWord(node.target, this),
      folder,
      isConditional,
      isTolerated,
    });
  }

  #use(name: string, node: { readonly pos: number; readonly end: number }, isGuarded: boolean): void {
    if (/^[A-Za-z_]\w*$/.test(name)) this.facts.addUse({ name, ...this.#part(node), isGuarded });
  }

  #noteShellSyntax(node: { readonly pos: number; readonly end: number }): void {
    this.facts.shellSyntax ??= this.#part(node);
  }

  #noteBashSyntax(node: SyntaxNode): void {
    const what = bashSyntaxOf(node, this.#text);
    if (what !== undefined) this.facts.addBashSyntax({ what, ...this.#part(node) });
  }
}
