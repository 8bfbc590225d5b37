import type { CommandContext, Configuration } from '@executioner/core';
import { definitionHasher, stateKey } from '../../history/index.ts';
import { type PlanDocument, planDocument } from '../../plans/index.ts';
import type { StartOptions } from '../../run/index.ts';
import { stateFolderOf } from '../history/context.ts';
import { presentSecrets } from '../presentSecrets.ts';

/** What would run now. */
export function presentPlan(
  configuration: Configuration,
  options: StartOptions,
  { io }: CommandContext,
): PlanDocument {
  const { variables = {}, ...others } = options;
  return planDocument(configuration, {
    ...others,
    variables: Object.keys(variables),
    masker: presentSecrets(configuration, options),
    definitionHash: definitionHasher(stateKey(stateFolderOf(io)), configuration),
  });
}
