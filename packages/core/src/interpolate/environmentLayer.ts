/** Variables of one scope. A loaded `EnvLayer` fits; `command_line` stands for `--env`. */
export interface EnvironmentLayer {
  readonly scope: 'application' | 'env_set' | 'job' | 'command_line';
  /** The name of the env set, or the id of the job. */
  readonly name?: string;
  readonly variables: Readonly<Record<string, string>>;
}
