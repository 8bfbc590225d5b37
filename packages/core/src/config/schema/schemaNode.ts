import type { DiagnosticCode } from '../../diagnostics/codes.ts';

/** A node of the configuration schema as far as messages about wrong values need it. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly anyOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  /** What the key takes, to follow "expected". */
  readonly expects?: string;
  /** The code of wrong values, where they have one of their own. */
  readonly code?: DiagnosticCode;
  /** The same for keys that do not fit the pattern of a map. */
  readonly keyCode?: DiagnosticCode;
  /** The format version that brought the key; absent: 1. */
  readonly since?: number;
  readonly deprecated?: boolean;
}
