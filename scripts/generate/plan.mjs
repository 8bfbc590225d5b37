import { readModule, words } from './publishedSchema.mjs';
import { validatorModule } from './validatorModule.mjs';

/** Made from the schema of plan files: what is published, and the validator that reads them. */
export async function planFiles(root) {
  const { planSchema } = await readModule(`${root}packages/engine/src/plans/schema.ts`);
  const { $schema, ...schema } = words(JSON.parse(JSON.stringify(planSchema())));
  return {
    'packages/engine/schema/plan.schema.json': `${JSON.stringify({ $schema, ...schema }, undefined, 2)}\n`,
    'packages/engine/src/plans/validator.generated.ts': await validatorModule(schema),
  };
}
