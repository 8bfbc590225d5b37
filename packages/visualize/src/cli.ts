#!/usr/bin/env node
import { runAsProcess, runTool } from '@executioner/core';
import { visualizeCommand } from './command/index.ts';
import { version } from './version.ts';

await runAsProcess((argv, io) =>
  runTool(visualizeCommand, argv, io, { name: 'executioner-visualize', version }),
);
