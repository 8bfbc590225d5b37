import type { WideEncoding } from '../document/index.ts';

/** What loading needs from the world outside. All paths it gives are absolute. */
export interface ConfigurationHost {
  /** The current folder: where relative paths of the caller begin, and the folder of a text without a file. */
  readonly folder: string;
  /** The home folder, for `~`. */
  readonly home: string;
  /** The text of a file, or why there is none. */
  readFile(file: string): FileText;
  /** The names of the files in a folder, for suggestions; empty when it cannot be read. */
  listFolder(folder: string): readonly string[];
  /** The files that match `pattern` below `folder`, sorted by code unit. */
  glob(pattern: string, folder: string): readonly string[];
  /** `path` as an absolute, normalized one: seen from `folder` unless it is absolute already. */
  resolve(folder: string, path: string): string;
  isAbsolute(path: string): boolean;
  folderOf(file: string): string;
  nameOf(file: string): string;
}

export type FileText =
  | {
      readonly ok: true;
      readonly text: string;
      /** What the file is written in, where that is not UTF-8. */
      readonly encoding?: WideEncoding;
    }
  | {
      readonly ok: false;
      readonly reason: 'missing' | 'folder' | 'unreadable';
      /** The operating system's words, for `unreadable`. */
      readonly detail?: string;
    };
