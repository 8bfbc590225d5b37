#!/usr/bin/env node
import { runAsProcess } from '@executioner/core';
import { main } from './program.ts';

await runAsProcess(main);
