#!/usr/bin/env node
import { runAsProcess, runTool } from '@executioner/core';
import { validateCommand } from './cli/command.ts';
import { version } from './version.ts';

await runAsProcess((argv, io) =>
  runTool(validateCommand, argv, io, { name: 'executioner-validate', version }),
);
