/** What was asked for on the command line, as typed. */
export interface VisualizeOptions {
  readonly workflow: string | undefined;
  readonly run: string | undefined;
  readonly fromLog: string | undefined;
  readonly view: string;
  readonly select: string | undefined;
  readonly groupBy: string;
  readonly hideRedundant: boolean;
  readonly direction: string;
  /** Undefined: as the format wants it. */
  readonly fold: boolean | undefined;
  readonly foldBy: string;
  readonly wrap: string;
  readonly aspect: number | undefined;
  readonly theme: string;
  readonly scale: number;
  readonly timeZone: string | undefined;
}
