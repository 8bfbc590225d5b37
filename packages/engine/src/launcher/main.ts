import { runLauncher } from './runLauncher.ts';

// The launcher's process: node executioner-launcher.js <run folder> <attempt> <largest spool in bytes> <open files, or empty> <spawner>

await runLauncher(process.argv.slice(2));
