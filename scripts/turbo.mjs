// Runs a turbo task over the workspace: `node scripts/turbo.mjs build`. Only errors of the task are printed.
import { turbo } from './pnpm.mjs';

process.exit(turbo([...process.argv.slice(2), '--output-logs=errors-only']));
