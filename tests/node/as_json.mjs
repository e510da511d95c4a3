// Prints as JSON what the YAML library of the language server makes of its input; its one argument is the version of YAML.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

process.stdout.write(JSON.stringify(parse(readFileSync(0, 'utf8'), { version: process.argv[2] })));
