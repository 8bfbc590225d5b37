#!/usr/bin/env node
import { runAsProcess, runTool } from '@executioner/core';
import { runCommand } from './cli/index.ts';
import { version } from './version.ts';

await runAsProcess((argv, io) => runTool(runCommand, argv, io, { name: 'executioner-engine', version }));
