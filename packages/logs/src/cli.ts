#!/usr/bin/env node
import { runAsProcess, runTool } from '@executioner/core';
import { logsCommand } from './command/index.ts';
import { version } from './version.ts';

await runAsProcess((argv, io) => runTool(logsCommand, argv, io, { name: 'executioner-logs', version }));
