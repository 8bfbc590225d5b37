#!/usr/bin/env node
import { runAsProcess, runTool } from '@executioner/core';
import { runCommand } from './cli/index.ts';
import { optimizeLate } from './engineTuning.ts';
import { version } from './version.ts';

optimizeLate();
await runAsProcess((argv, io) => runTool(runCommand, argv, io, { name: 'executioner-engine', version }));
