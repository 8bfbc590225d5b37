import { runLauncher } from './runLauncher.ts';

// The launcher's process.

await runLauncher();
