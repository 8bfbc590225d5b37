// Made by scripts/generate-rules.mjs from the examples in packages/core/test/diagnostics/fixtures.
export const coreExamples: Readonly<
  Record<
    string,
    { readonly files: readonly { readonly name: string; readonly text: string }[]; readonly output: string }
  >
> = {
  "E101": {
    "files": [
      {
        "name": "E101.json",
        "text": "{ \"jobs\": [{ \"id\": \"build\", \"command\": make }] }\n"
      }
    ],
    "output": "E101.json:1:40 error E101: expected a value, found \"make\"\n  1 | { \"jobs\": [{ \"id\": \"build\", \"command\": make }] }\n    |                                        ^^^^\n  hint: write \"make\" if it is meant to be a string\n\n1 error\n"
  },
  "E102": {
    "files": [
      {
        "name": "E102.yaml",
        "text": "# to be written\n"
      }
    ],
    "output": "E102.yaml:1:1 error E102: the file holds nothing but comments\n  1 | # to be written\n    | ^\n  hint: a workflow needs at least a list of jobs\n\n1 error\n"
  },
  "E103": {
    "files": [
      {
        "name": "E103.json",
        "text": "{\n  \"jobs\": [\n    { \"id\": \"build\", \"command\": \"make\" }\n}\n"
      }
    ],
    "output": "E103.json:4:1 error E103: expected \"]\" before this \"}\"\n  4 | }\n    | ^\n  hint: add the missing \"]\"\n  E103.json:2:11 note: the list begins here\n  2 |   \"jobs\": [\n    |           -\n\n1 error\n"
  },
  "E104": {
    "files": [
      {
        "name": "E104.json",
        "text": "{ \"jobs\": [{ \"id\": \"build\", \"command\": \"make }] }\n"
      }
    ],
    "output": "E104.json:1:40 error E104: this string has no closing quote on its line\n  1 | { \"jobs\": [{ \"id\": \"build\", \"command\": \"make }] }\n    |                                        ^^^^^^^^^^\n  hint: add the closing quote; a line break inside a string is written \\n\n\nE104.json:2:1 error E103: the file ends here, but the object that began with \"{\" is still open\n  2 |\n    | ^\n  hint: add the missing \"}\"\n  E104.json:1:12 note: the object begins here\n  1 | { \"jobs\": [{ \"id\": \"build\", \"command\": \"make }] }\n    |            -\n\n2 errors\n"
  },
  "E105": {
    "files": [
      {
        "name": "E105.json",
        "text": "{ \"jobs\": [{ \"id\": \"build\", \"command\": \"C:\\tools\\make\" }] }\n"
      }
    ],
    "output": "E105.json:1:49 error E105: \\m is not an escape sequence of JSON\n  1 | { \"jobs\": [{ \"id\": \"build\", \"command\": \"C:\\tools\\make\" }] }\n    |                                                 ^^\n  hint: a backslash itself is written \\\\\n\n1 error\n"
  },
  "E106": {
    "files": [
      {
        "name": "E106.json",
        "text": "{\n  \"jobs\": [\n    { \"id\": \"build\" \"command\": \"make\" }\n  ]\n}\n"
      }
    ],
    "output": "E106.json:3:20 error E106: expected a comma or \"}\" after this value, before the string \"command\"\n  3 |     { \"id\": \"build\" \"command\": \"make\" }\n    |                    ^\n  hint: add a comma here\n\n1 error\n"
  },
  "E107": {
    "files": [
      {
        "name": "E107.yaml",
        "text": "jobs:\n  - id: build\n    command: \"make\u0000\"\n"
      }
    ],
    "output": "E107.yaml:3:19 error E107: the file holds a NUL character, so it is not a text file\n  3 |     command: \"make␀\"\n    |                   ^\n  hint: save the file as UTF-8\n\n1 error\n"
  },
  "E110": {
    "files": [
      {
        "name": "E110.yaml",
        "text": "version: 2\njobs:\n  - id: build\n    command: make\n    command: make all\n"
      }
    ],
    "output": "E110.yaml:5:5 error E110: the key \"command\" is given twice in the same map\n  5 |     command: make all\n    |     ^^^^^^^\n  hint: remove one of the two\n  E110.yaml:4:5 note: given here before\n  4 |     command: make\n    |     -------\n\n1 error\n"
  },
  "E111": {
    "files": [
      {
        "name": "E111.yaml",
        "text": "version: 2\njobs:\n  - id: build\n     command: make\n"
      }
    ],
    "output": "E111.yaml:4:6 error E111: this is indented more than the key above, which has a value already\n  4 |      command: make\n    |      ^\n  hint: begin it in the same column as the key above\n\n1 error\n"
  },
  "E112": {
    "files": [
      {
        "name": "E112.yaml",
        "text": "version: 2\njobs:\n  - { id: build, command: make, timeout: .inf }\n"
      }
    ],
    "output": "E112.yaml:3:42 error E112: .inf is not a number that a configuration can hold\n  3 |   - { id: build, command: make, timeout: .inf }\n    |                                          ^^^^\n  hint: write an ordinary number, or put it in quotes if it is text\n\nE112.yaml:3:42 error E702: \"timeout\" is Infinity, expected a time limit: seconds (90) or text such as \"90s\", \"15m\" or \"2h30m\", or one that follows past runs such as \"200%\" or \"p95*2\"\n  3 |   - { id: build, command: make, timeout: .inf }\n    |                                          ^^^^\n  in job \"build\"\n\n2 errors\n"
  },
  "E113": {
    "files": [
      {
        "name": "E113.yaml",
        "text": "jobs:\n  - { id: build, command: make }\n---\njobs:\n  - { id: test, command: make test }\n"
      }
    ],
    "output": "E113.yaml:3:1 error E113: a second YAML document begins here; a workflow is one document\n  3 | ---\n    | ^^^\n  hint: split the file and join the parts with include, or remove the line of dashes\n\n1 error\n"
  },
  "E114": {
    "files": [
      {
        "name": "E114.yaml",
        "text": "version: 2\njobs:\n  - { id: list, command: ls, inputs: [*.csv] }\n"
      }
    ],
    "output": "E114.yaml:3:39 error E114: the alias \"*.csv\" has no anchor \"&.csv\" before it\n  3 |   - { id: list, command: ls, inputs: [*.csv] }\n    |                                       ^^^^^\n  hint: define the anchor above, or put the value in quotes if the asterisk is meant\n\n1 error\n"
  },
  "E115": {
    "files": [
      {
        "name": "E115.yaml",
        "text": "version: 2\n? [jobs]\n: []\n"
      }
    ],
    "output": "E115.yaml:2:3 error E115: a key must be a plain word or a quoted string\n  2 | ? [jobs]\n    |   ^\n  hint: a value that begins with a brace, as in {{name}}, needs quotes\n\n1 error\n"
  },
  "E201": {
    "files": [
      {
        "name": "E201.yaml",
        "text": "version: 2\njobs:\n  - id: build\n    command: make\n    tags: nightly\n    max_retries: twice\n"
      }
    ],
    "output": "E201.yaml:5:11 error E201: \"tags\" is \"nightly\", expected a list of words\n  5 |     tags: nightly\n    |           ^^^^^^^\n  in job \"build\"\n  hint: write a list: [\"nightly\"]\n  fix available: write [\"nightly\"]\n\nE201.yaml:6:18 error E201: \"max_retries\" is \"twice\", expected a whole number from 0 to 1000000\n  6 |     max_retries: twice\n    |                  ^^^^^\n  in job \"build\"\n\n2 errors\n"
  },
  "E202": {
    "files": [
      {
        "name": "E202.yaml",
        "text": "version: 2\njobs:\n  - id: build\n    description: Builds it\n"
      }
    ],
    "output": "E202.yaml:3:5 error E202: job \"build\" has no \"command\"\n  3 |   - id: build\n    |     ^^^^^^^^^\n  4 |     description: Builds it\n    |     ^^^^^^^^^^^^^^^^^^^^^^\n  hint: say what it runs; an empty text runs nothing and succeeds\n\n1 error\n"
  },
  "E203": {
    "files": [
      {
        "name": "E203.yaml",
        "text": "version: 2\nmax_worker: 4\njobs:\n  - { id: build, command: make }\n"
      }
    ],
    "output": "E203.yaml:2:1 error E203: a workflow has no key \"max_worker\"\n  2 | max_worker: 4\n    | ^^^^^^^^^^\n  hint: did you mean \"max_workers\"?\n  suggestion: rename it to \"max_workers\"\n\n1 error\n"
  },
  "E204": {
    "files": [
      {
        "name": "E204.yaml",
        "text": "version: 2\non_failure: contineu\njobs:\n  - { id: build, command: make }\n"
      }
    ],
    "output": "E204.yaml:2:13 error E204: \"on_failure\" is \"contineu\", expected \"stop\" or \"continue\"\n  2 | on_failure: contineu\n    |             ^^^^^^^^\n  hint: did you mean \"continue\"?\n\n1 error\n"
  },
  "E205": {
    "files": [
      {
        "name": "E205.yaml",
        "text": "version: 2\nmax_workers: 0\njobs:\n  - { id: build, command: make }\n"
      }
    ],
    "output": "E205.yaml:2:14 error E205: \"max_workers\" is 0, expected a whole number from 1 to 100000\n  2 | max_workers: 0\n    |              ^\n\n1 error\n"
  },
  "E206": {
    "files": [
      {
        "name": "E206.yaml",
        "text": "version: 2\njobs:\n  - { id: \"\", command: make }\n"
      }
    ],
    "output": "E206.yaml:3:11 error E206: \"id\" is \"\", expected a text that is not empty\n  3 |   - { id: \"\", command: make }\n    |           ^^\n\n1 error\n"
  },
  "E207": {
    "files": [
      {
        "name": "E207.yaml",
        "text": "version: 3\njobs:\n  - { id: build, command: make }\n"
      }
    ],
    "output": "E207.yaml:1:1 warning W205: the file has no \"working_dir\"; jobs run in the folder of the file\n  1 | version: 3\n    | ^\n  hint: add \"working_dir\" with an absolute path, or \"version\": 2, where the folder of the file is the rule\n\nE207.yaml:1:10 error E207: \"version\" is 3, expected 1 or 2\n  1 | version: 3\n    |          ^\n\n1 error, 1 warning\n"
  },
  "E208": {
    "files": [
      {
        "name": "E208.yaml",
        "text": "version: 2\napplication_name: nightly\n"
      }
    ],
    "output": "E208.yaml:1:1 error E208: the workflow has no \"jobs\"\n  1 | version: 2\n    | ^\n  hint: add \"jobs\": a list of jobs, each with \"id\" and \"command\"\n\n1 error\n"
  },
  "E211": {
    "files": [
      {
        "name": "E211.yaml",
        "text": "version: 2\ninclude: [E211.extrakt.yaml]\njobs:\n  - { id: build, command: make }\n"
      },
      {
        "name": "E211.extract.yaml",
        "text": "version: 2\njobs:\n  - { id: extract, command: ./extract.sh }\n"
      }
    ],
    "output": "E211.yaml:2:11 error E211: the included file \"E211.extrakt.yaml\" does not exist\n  2 | include: [E211.extrakt.yaml]\n    |           ^^^^^^^^^^^^^^^^^\n  hint: did you mean \"E211.extract.yaml\"?\n\n1 error\n"
  },
  "E212": {
    "files": [
      {
        "name": "E212.yaml",
        "text": "version: 2\ninclude: [E212.load.yaml]\njobs:\n  - { id: build, command: make }\n"
      },
      {
        "name": "E212.load.yaml",
        "text": "version: 2\ninclude: [E212.yaml]\njobs:\n  - { id: load, command: ./load.sh }\n"
      }
    ],
    "output": "E212.load.yaml:2:11 error E212: files include each other in a circle: \"E212.yaml\" → \"E212.load.yaml\" → \"E212.yaml\"\n  2 | include: [E212.yaml]\n    |           ^^^^^^^^^\n  hint: remove one of these includes, or move what both need into a third file\n  E212.yaml:2:11 note: \"E212.load.yaml\" is included here\n  2 | include: [E212.load.yaml]\n    |           --------------\n\n1 error\n"
  },
  "E214": {
    "files": [
      {
        "name": "E214.yaml",
        "text": "version: 2\ninclude:\n  - { file: E214.load.yaml, only: [laod] }\njobs:\n  - { id: build, command: make }\n"
      },
      {
        "name": "E214.load.yaml",
        "text": "version: 2\njobs:\n  - { id: load, command: ./load.sh }\n"
      }
    ],
    "output": "E214.yaml:3:36 error E214: \"laod\" matches no job of \"E214.load.yaml\"\n  3 |   - { file: E214.load.yaml, only: [laod] }\n    |                                    ^^^^\n  hint: did you mean \"load\"?\n\n1 error\n"
  },
  "E221": {
    "files": [
      {
        "name": "E221.yaml",
        "text": "version: 2\njob_templates:\n  oracle: { timeout: 15m }\njobs:\n  - { id: load, command: ./load.sh, extends: oracel }\n"
      }
    ],
    "output": "E221.yaml:5:46 error E221: job template \"oracel\" is not defined\n  5 |   - { id: load, command: ./load.sh, extends: oracel }\n    |                                              ^^^^^^\n  in job \"load\"\n  hint: did you mean \"oracle\"?\n\n1 error\n"
  },
  "E222": {
    "files": [
      {
        "name": "E222.yaml",
        "text": "version: 2\njob_templates:\n  short: { extends: quiet, timeout: 1m }\n  quiet: { extends: short }\njobs:\n  - { id: load, command: ./load.sh, extends: short }\n"
      }
    ],
    "output": "E222.yaml:4:21 error E222: job templates extend each other in a circle: \"short\" → \"quiet\" → \"short\"\n  4 |   quiet: { extends: short }\n    |                     ^^^^^ \"quiet\" extends \"short\" here\n  hint: remove one of these \"extends\"\n  E222.yaml:3:21 note: \"short\" extends \"quiet\" here\n  3 |   short: { extends: quiet, timeout: 1m }\n    |                     -----\n\n1 error\n"
  },
  "E301": {
    "files": [
      {
        "name": "E301.yaml",
        "text": "version: 2\njobs:\n  - id: build\n    command: make\n  - id: deploy\n    command: ./deploy.sh\n    dependencies: [biuld]\n"
      }
    ],
    "output": "E301.yaml:7:20 error E301: job \"deploy\" depends on \"biuld\", which is not defined\n  7 |     dependencies: [biuld]\n    |                    ^^^^^\n  hint: did you mean \"build\" (line 3)?\n\n1 error\n"
  },
  "E302": {
    "files": [
      {
        "name": "E302.yaml",
        "text": "version: 2\njobs:\n  - id: build\n    command: make\n    dependencies: [build]\n"
      }
    ],
    "output": "E302.yaml:5:20 error E302: job \"build\" depends on itself\n  5 |     dependencies: [build]\n    |                    ^^^^^\n  hint: remove the dependency\n\n1 error\n"
  },
  "E303": {
    "files": [
      {
        "name": "E303.yaml",
        "text": "version: 2\njobs:\n  - { id: build, command: make }\n  - { id: build, command: make all }\n"
      }
    ],
    "output": "E303.yaml:4:11 error E303: job id \"build\" is used twice\n  4 |   - { id: build, command: make all }\n    |           ^^^^^\n  hint: rename one of the jobs\n  E303.yaml:3:11 note: first job \"build\"\n  3 |   - { id: build, command: make }\n    |           -----\n\n1 error\n"
  },
  "E304": {
    "files": [
      {
        "name": "E304.yaml",
        "text": "version: 2\njobs:\n  - id: extract\n    command: ./extract.sh\n    dependencies: [report]\n  - id: load\n    command: ./load.sh\n    dependencies: [extract]\n  - id: report\n    command: ./report.sh\n    dependencies: [load]\n"
      }
    ],
    "output": "E304.yaml:5:20 error E304: jobs depend on each other in a circle: \"extract\" needs \"report\" needs \"load\" needs \"extract\"\n   5 |     dependencies: [report]\n     |                    ^^^^^^ \"extract\" depends on \"report\"\n  hint: remove one of these dependencies\n  E304.yaml:11:20 note: \"report\" depends on \"load\"\n  11 |     dependencies: [load]\n     |                    ----\n  E304.yaml:8:20 note: \"load\" depends on \"extract\"\n   8 |     dependencies: [extract]\n     |                    -------\n\n1 error\n"
  },
  "E305": {
    "files": [
      {
        "name": "E305.yaml",
        "text": "version: 2\nresources: { db_sessions: 4 }\njobs:\n  - { id: load, command: ./load.sh, resources: { db_sessions: 8 } }\n"
      }
    ],
    "output": "E305.yaml:4:63 error E305: job \"load\" takes 8 of \"db_sessions\", which has only 4\n  4 |   - { id: load, command: ./load.sh, resources: { db_sessions: 8 } }\n    |                                                               ^\n  hint: lower the demand, or raise the capacity in \"resources\" at the top\n\n1 error\n"
  },
  "E306": {
    "files": [
      {
        "name": "E306.yaml",
        "text": "version: 2\nresources: { db_sessions: 4 }\njobs:\n  - { id: load, command: ./load.sh, resources: { db_session: 1 } }\n"
      }
    ],
    "output": "E306.yaml:4:50 error E306: job \"load\" takes from the pool \"db_session\", which is not defined\n  4 |   - { id: load, command: ./load.sh, resources: { db_session: 1 } }\n    |                                                  ^^^^^^^^^^\n  hint: did you mean \"db_sessions\"?\n\n1 error\n"
  },
  "E501": {
    "files": [
      {
        "name": "E501.yaml",
        "text": "version: 2\nenv_variables: { 2ND-HOST: db2 }\njobs:\n  - { id: load, command: ./load.sh }\n"
      }
    ],
    "output": "E501.yaml:2:18 error E501: \"2ND-HOST\" is no name for a variable, expected letters, digits and underscores, and no digit at the beginning\n  2 | env_variables: { 2ND-HOST: db2 }\n    |                  ^^^^^^^^\n\n1 error\n"
  },
  "E502": {
    "files": [
      {
        "name": "E502.yaml",
        "text": "version: 2\nenv_variables:\n  HOSTS: [db1, db2]\njobs:\n  - { id: load, command: ./load.sh }\n"
      }
    ],
    "output": "E502.yaml:3:10 error E502: \"HOSTS\" is a list, expected a text of at most 32768 characters, a number, true or false\n  3 |   HOSTS: [db1, db2]\n    |          ^^^^^^^^^^\n\n1 error\n"
  },
  "E503": {
    "files": [
      {
        "name": "E503.yaml",
        "text": "version: 2\nenv_sets:\n  production: { HOST: db1 }\njobs:\n  - { id: load, command: ./load.sh, env_sets: [prodution] }\n"
      }
    ],
    "output": "E503.yaml:5:48 error E503: job \"load\" uses the env set \"prodution\", which is not defined\n  5 |   - { id: load, command: ./load.sh, env_sets: [prodution] }\n    |                                                ^^^^^^^^^\n  hint: did you mean \"production\"?\n\n1 error\n"
  },
  "E701": {
    "files": [
      {
        "name": "E701.yaml",
        "text": "version: 2\njobs:\n  - { id: load, command: ./load.sh, retry_delay: 5 minutes }\n"
      }
    ],
    "output": "E701.yaml:3:50 error E701: \"retry_delay\" is \"5 minutes\", expected a duration from zero to ten years: seconds (90) or text such as \"90s\", \"15m\" or \"2h30m\"\n  3 |   - { id: load, command: ./load.sh, retry_delay: 5 minutes }\n    |                                                  ^^^^^^^^^\n  in job \"load\"\n  hint: did you mean \"5m\"?\n\n1 error\n"
  },
  "E702": {
    "files": [
      {
        "name": "E702.yaml",
        "text": "version: 2\njobs:\n  - { id: load, command: ./load.sh, timeout: \"-1m\" }\n"
      }
    ],
    "output": "E702.yaml:3:46 error E702: \"timeout\" is \"-1m\", expected a time limit: seconds (90) or text such as \"90s\", \"15m\" or \"2h30m\", or one that follows past runs such as \"200%\" or \"p95*2\"\n  3 |   - { id: load, command: ./load.sh, timeout: \"-1m\" }\n    |                                              ^^^^^\n  in job \"load\"\n\n1 error\n"
  },
  "E801": {
    "files": [
      {
        "name": "E801.yaml",
        "text": "version: 2\njobs:\n  - id: load\n    command: ./load.sh\n    pre_checks:\n      - { name: check_file_exist, params: { file: orders.csv } }\n"
      }
    ],
    "output": "E801.yaml:6:17 error E801: job \"load\" has the unknown check \"check_file_exist\"\n  6 |       - { name: check_file_exist, params: { file: orders.csv } }\n    |                 ^^^^^^^^^^^^^^^^\n  hint: did you mean \"check_file_exists\"?\n\n1 error\n"
  },
  "E803": {
    "files": [
      {
        "name": "E803.yaml",
        "text": "version: 2\njobs:\n  - id: load\n    command: ./load.sh\n    pre_checks: [{ name: file_exists }]\n"
      }
    ],
    "output": "E803.yaml:5:18 error E803: job \"load\": file_exists needs the parameter \"path\"\n  5 |     pre_checks: [{ name: file_exists }]\n    |                  ^^^^^^^^^^^^^^^^^^^^^\n  hint: add \"path\" to its \"params\": a string\n\n1 error\n"
  },
  "E804": {
    "files": [
      {
        "name": "E804.yaml",
        "text": "version: 2\njobs:\n  - id: load\n    command: ./load.sh\n    pre_checks: [{ name: file_exists, params: { path: in.csv, pth: out.csv } }]\n"
      }
    ],
    "output": "E804.yaml:5:63 error E804: job \"load\": file_exists has no parameter \"pth\"\n  5 |     pre_checks: [{ name: file_exists, params: { path: in.csv, pth: out.csv } }]\n    |                                                               ^^^\n  hint: did you mean \"path\"?\n\n1 error\n"
  },
  "E805": {
    "files": [
      {
        "name": "E805.yaml",
        "text": "version: 2\njobs:\n  - id: load\n    command: ./load.sh\n    pre_checks: [{ name: tcp_port, params: { port: 99999 } }]\n"
      }
    ],
    "output": "E805.yaml:5:52 error E805: job \"load\": the parameter \"port\" of tcp_port must be a port from 1 to 65535, not 99999\n  5 |     pre_checks: [{ name: tcp_port, params: { port: 99999 } }]\n    |                                                    ^^^^^\n\n1 error\n"
  },
  "E806": {
    "files": [
      {
        "name": "E806.yaml",
        "text": "version: 2\njobs:\n  - id: load\n    command: ./load.sh\n    pre_checks: [{ name: output_contains, params: { text: done } }]\n"
      }
    ],
    "output": "E806.yaml:5:18 error E806: job \"load\": output_contains looks at what the command has printed, which is nothing before it has run\n  5 |     pre_checks: [{ name: output_contains, params: { text: done } }]\n    |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  hint: move it to \"post_checks\"\n\n1 error\n"
  },
  "I101": {
    "files": [
      {
        "name": "I101.json",
        "text": "﻿{ \"version\": 2, \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }] }\n"
      }
    ],
    "output": "I101.json:1:1 info I101: the file begins with a byte-order mark, which is ignored\n  1 | �{ \"version\": 2, \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }] }\n    | ^\n  hint: save the file as UTF-8 without it\n  fix available: Remove the byte-order mark\n\n1 info\n"
  },
  "I201": {
    "files": [
      {
        "name": "I201.json",
        "text": "{\n  \"working_dir\": \"/opt/app\",\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\", \"tags\": [\"nightly\"] }]\n}\n"
      }
    ],
    "output": "I201.json:3:48 info I201: the file uses keys of version 2: \"tags\"\n  3 |   \"jobs\": [{ \"id\": \"build\", \"command\": \"make\", \"tags\": [\"nightly\"] }]\n    |                                                ^^^^^^\n  hint: add \"version\": 2 at the top\n\n1 info\n"
  },
  "I202": {
    "files": [
      {
        "name": "I202.json",
        "text": "{\n  \"working_dir\": \"/opt/app\",\n  \"_parallel\": true,\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }]\n}\n"
      }
    ],
    "output": "I202.json:3:3 info I202: keys that begin with \"_\" are ignored: \"_parallel\"\n  3 |   \"_parallel\": true,\n    |   ^^^^^^^^^^^\n  hint: with \"version\": 2 begin notes of your own with \"x_\"\n\n1 info\n"
  },
  "I203": {
    "files": [
      {
        "name": "I203.yaml",
        "text": "version: 2\ninclude: [I203.load.yaml]\njobs:\n  - { id: build, command: make }\n"
      },
      {
        "name": "I203.load.yaml",
        "text": "version: 2\nmax_workers: 8\njobs:\n  - { id: load, command: ./load.sh }\n"
      }
    ],
    "output": "I203.load.yaml:2:1 info I203: in an included file these have no effect: \"max_workers\"\n  2 | max_workers: 8\n    | ^^^^^^^^^^^\n  hint: settings of the run are taken from the first file alone\n\n1 info\n"
  },
  "W101": {
    "files": [
      {
        "name": "W101.json",
        "text": "{\n  \"working_dir\": \"/srv/build\",\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\", \"command\": \"make all\" }]\n}\n"
      }
    ],
    "output": "W101.json:3:48 warning W101: the key \"command\" is given twice in the same object\n  3 |   \"jobs\": [{ \"id\": \"build\", \"command\": \"make\", \"command\": \"make all\" }]\n    |                                                ^^^^^^^^^\n    |                             --------- given here before\n  hint: this last one counts; remove one of the two\n\n1 warning\n"
  },
  "W102": {
    "files": [
      {
        "name": "W102.json",
        "text": "{\n  \"version\": 2,\n  \"jobs\": [\n    { \"id\": \"build\", \"command\": \"make\" },\n  ]\n}\n"
      }
    ],
    "output": "W102.json:4:41 warning W102: strict JSON forbids a comma before the closing bracket\n  4 |     { \"id\": \"build\", \"command\": \"make\" },\n    |                                         ^\n  hint: remove the comma, or name the file .jsonc\n  fix available: Remove the comma\n\n1 warning\n"
  },
  "W103": {
    "files": [
      {
        "name": "W103.yaml",
        "text": "version: 2\njobs:\n  - { id: build, command: make, description: \"Stra�e\" }\n"
      }
    ],
    "output": "W103.yaml:3:51 warning W103: a character here could not be read as UTF-8\n  3 |   - { id: build, command: make, description: \"Stra�e\" }\n    |                                                   ^\n  hint: save the file as UTF-8 and restore what is shown as �\n\n1 warning\n"
  },
  "W104": {
    "files": [
      {
        "name": "W104.yaml",
        "text": "version: 2\njobs:\n  - { id: build, command: !shell make }\n"
      }
    ],
    "output": "W104.yaml:3:27 warning W104: !shell has no meaning here, and is ignored\n  3 |   - { id: build, command: !shell make }\n    |                           ^^^^^^\n  hint: remove the tag, or put the value in quotes if it is text\n\n1 warning\n"
  },
  "W105": {
    "files": [
      {
        "name": "W105.json",
        "text": "{\n  \"version\": 2,\n  \"x_ticket\": 12345678901234567890,\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }]\n}\n"
      }
    ],
    "output": "W105.json:3:15 warning W105: 12345678901234567890 has too many digits and is read as 12345678901234567000\n  3 |   \"x_ticket\": 12345678901234567890,\n    |               ^^^^^^^^^^^^^^^^^^^^\n  hint: write \"12345678901234567890\" if it is not meant as a number\n\n1 warning\n"
  },
  "W201": {
    "files": [
      {
        "name": "W201.json",
        "text": "{\n  \"working_dir\": \"/opt/app\",\n  \"max_worker\": 4,\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }]\n}\n"
      }
    ],
    "output": "W201.json:3:3 warning W201: a workflow has no key \"max_worker\"; it is ignored\n  3 |   \"max_worker\": 4,\n    |   ^^^^^^^^^^^^\n  hint: did you mean \"max_workers\"?\n  suggestion: rename it to \"max_workers\"\n\n1 warning\n"
  },
  "W202": {
    "files": [
      {
        "name": "W202.json",
        "text": "{\n  \"name\": \"nightly\",\n  \"working_dir\": \"/opt/app\",\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }]\n}\n"
      }
    ],
    "output": "W202.json:2:3 warning W202: \"name\" is an old label without effect: runs are named by the file\n  2 |   \"name\": \"nightly\",\n    |   ^^^^^^\n  hint: use \"application_name\" to name the runs, or remove it\n  suggestion: rename \"name\" to \"application_name\"\n\n1 warning\n"
  },
  "W203": {
    "files": [
      {
        "name": "W203.json",
        "text": "{\n  \"working_dir\": \"/opt/app\",\n  \"max_workers\": \"4\",\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }]\n}\n"
      }
    ],
    "output": "W203.json:3:18 warning W203: \"max_workers\" is \"4\", expected a whole number from 1 to 100000; read as 4\n  3 |   \"max_workers\": \"4\",\n    |                  ^^^\n  fix available: write 4\n\n1 warning\n"
  },
  "W204": {
    "files": [
      {
        "name": "W204.json",
        "text": "{\n  \"working_dir\": \"/opt/app\",\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\", \"description\": null }]\n}\n"
      }
    ],
    "output": "W204.json:3:63 warning W204: \"description\" has no value, expected a text; ignored\n  3 |   \"jobs\": [{ \"id\": \"build\", \"command\": \"make\", \"description\": null }]\n    |                                                               ^^^^\n  in job \"build\"\n  hint: remove the key, or give it a value\n\n1 warning\n"
  },
  "W205": {
    "files": [
      {
        "name": "W205.json",
        "text": "{\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }]\n}\n"
      }
    ],
    "output": "W205.json:1:1 warning W205: the file has no \"working_dir\"; jobs run in the folder of the file\n  1 | {\n    | ^\n  hint: add \"working_dir\" with an absolute path, or \"version\": 2, where the folder of the file is the rule\n\n1 warning\n"
  },
  "W206": {
    "files": [
      {
        "name": "W206.json",
        "text": "{\n  \"working_dir\": \"app\",\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }]\n}\n"
      }
    ],
    "output": "W206.json:2:18 warning W206: \"working_dir\" is the relative path \"app\"; it is seen from the folder of the file\n  2 |   \"working_dir\": \"app\",\n    |                  ^^^^^\n  hint: write an absolute path, or add \"version\": 2, where relative ones are the rule\n\n1 warning\n"
  },
  "W207": {
    "files": [
      {
        "name": "W207.yaml",
        "text": "version: 2\njobs: []\n"
      }
    ],
    "output": "W207.yaml:2:7 warning W207: the list of jobs is empty\n  2 | jobs: []\n    |       ^^\n\n1 warning\n"
  },
  "W210": {
    "files": [
      {
        "name": "W210.yaml",
        "text": "version: 2\ninclude: [W210.load.yaml]\nenv_sets:\n  production: { HOST: db1 }\njobs:\n  - { id: build, command: make, env_sets: [production] }\n"
      },
      {
        "name": "W210.load.yaml",
        "text": "version: 2\nenv_sets:\n  production: { HOST: db2 }\njobs:\n  - { id: load, command: ./load.sh, env_sets: [production] }\n"
      }
    ],
    "output": "W210.load.yaml:3:3 warning W210: env set \"production\" is defined in two files; jobs of this file use this one, all others the first\n  3 |   production: { HOST: db2 }\n    |   ^^^^^^^^^^\n  hint: give one of them another name\n  W210.yaml:4:3 note: first defined here\n  4 |   production: { HOST: db1 }\n    |   ----------\n\n1 warning\n"
  },
  "W211": {
    "files": [
      {
        "name": "W211.yaml",
        "text": "version: 2\ninclude: [\"parts/*.yaml\"]\njobs:\n  - { id: build, command: make }\n"
      }
    ],
    "output": "W211.yaml:2:11 warning W211: no file matches \"parts/*.yaml\"\n  2 | include: [\"parts/*.yaml\"]\n    |           ^^^^^^^^^^^^^^\n  hint: the pattern is looked up in \".\"\n\n1 warning\n"
  },
  "W301": {
    "files": [
      {
        "name": "W301.yaml",
        "text": "version: 2\njobs:\n  - { id: build, command: make }\n  - { id: test, command: make test, dependencies: [build, build] }\n"
      }
    ],
    "output": "W301.yaml:4:59 warning W301: job \"test\" names its dependency \"build\" more than once\n  4 |   - { id: test, command: make test, dependencies: [build, build] }\n    |                                                           ^^^^^\n    |                                                    ----- this one counts\n  hint: remove the repetition\n\n1 warning\n"
  },
  "W501": {
    "files": [
      {
        "name": "W501.json",
        "text": "{\n  \"working_dir\": \"/opt/app\",\n  \"env_variables\": { \"DEBUG\": true },\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }]\n}\n"
      }
    ],
    "output": "W501.json:3:31 warning W501: variable \"DEBUG\" is the flag true; jobs see the text \"True\"\n  3 |   \"env_variables\": { \"DEBUG\": true },\n    |                               ^^^^\n  hint: write \"True\" or \"true\" in quotes\n  fix available: write \"True\"\n\n1 warning\n"
  },
  "W701": {
    "files": [
      {
        "name": "W701.json",
        "text": "{\n  \"working_dir\": \"/opt/app\",\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\", \"timeout\": \"soon\" }]\n}\n"
      }
    ],
    "output": "W701.json:3:59 warning W701: \"timeout\" is \"soon\", expected a time limit: seconds (90) or text such as \"90s\", \"15m\" or \"2h30m\", or one that follows past runs such as \"200%\" or \"p95*2\"; the default applies\n  3 |   \"jobs\": [{ \"id\": \"build\", \"command\": \"make\", \"timeout\": \"soon\" }]\n    |                                                           ^^^^^^\n  in job \"build\"\n\n1 warning\n"
  },
  "W801": {
    "files": [
      {
        "name": "W801.json",
        "text": "{\n  \"working_dir\": \"/opt/app\",\n  \"jobs\": [\n    { \"id\": \"build\", \"command\": \"make\", \"post_checks\": [{ \"name\": \"check_logs\" }] }\n  ]\n}\n"
      }
    ],
    "output": "W801.json:4:67 warning W801: job \"build\" has the unknown check \"check_logs\"; it will fail when it is reached\n  4 |     { \"id\": \"build\", \"command\": \"make\", \"post_checks\": [{ \"name\": \"check_logs\" }] }\n    |                                                                   ^^^^^^^^^^^^\n  hint: use a built-in check, define it in \"checks\", or name a plug-in by its path\n\n1 warning\n"
  },
  "W802": {
    "files": [
      {
        "name": "W802.json",
        "text": "{\n  \"working_dir\": \"/opt/app\",\n  \"dependency_plugins\": [\"plugins/oracle.py\"],\n  \"jobs\": [{ \"id\": \"build\", \"command\": \"make\" }]\n}\n"
      }
    ],
    "output": "W802.json:3:3 warning W802: \"dependency_plugins\" are Python modules, which are not loaded\n  3 |   \"dependency_plugins\": [\"plugins/oracle.py\"],\n    |   ^^^^^^^^^^^^^^^^^^^^\n  hint: port them to a check plug-in: a program or a JavaScript module, named by its path in \"pre_checks\"\n\n1 warning\n"
  },
  "W803": {
    "files": [
      {
        "name": "W803.json",
        "text": "{\n  \"working_dir\": \"/srv/etl\",\n  \"jobs\": [\n    {\"id\": \"load\", \"command\": \"./load.sh\", \"pre_checks\": [{\"name\": \"check_file_exists\"}]}\n  ]\n}\n"
      }
    ],
    "output": "W803.json:4:59 warning W803: job \"load\": check_file_exists needs the parameter \"path\"\n  4 |     {\"id\": \"load\", \"command\": \"./load.sh\", \"pre_checks\": [{\"name\": \"check_file_exists\"}]}\n    |                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  hint: add \"path\" to its \"params\": a string\n\n1 warning\n"
  },
  "W804": {
    "files": [
      {
        "name": "W804.json",
        "text": "{\n  \"working_dir\": \"/srv/etl\",\n  \"jobs\": [\n    {\"id\": \"load\", \"command\": \"./load.sh\", \"pre_checks\": [{\"name\": \"check_file_exists\", \"params\": {\"path\": \"in.csv\", \"pth\": \"out.csv\"}}]}\n  ]\n}\n"
      }
    ],
    "output": "W804.json:4:118 warning W804: job \"load\": check_file_exists has no parameter \"pth\"\n  4 | …pre_checks\": [{\"name\": \"check_file_exists\", \"params\": {\"path\": \"in.csv\", \"pth\": \"out.csv\"}}]}\n    |                                                                           ^^^^^\n  hint: did you mean \"path\"?\n\n1 warning\n"
  },
  "W805": {
    "files": [
      {
        "name": "W805.json",
        "text": "{\n  \"working_dir\": \"/srv/etl\",\n  \"jobs\": [\n    {\"id\": \"load\", \"command\": \"./load.sh\", \"pre_checks\": [{\"name\": \"check_file_exists\", \"params\": {\"path\": 7}}]}\n  ]\n}\n"
      }
    ],
    "output": "W805.json:4:108 warning W805: job \"load\": the parameter \"path\" of check_file_exists must be a string, not 7\n  4 | …\"command\": \"./load.sh\", \"pre_checks\": [{\"name\": \"check_file_exists\", \"params\": {\"path\": 7}}]}\n    |                                                                                          ^\n\n1 warning\n"
  },
  "W806": {
    "files": [
      {
        "name": "W806.json",
        "text": "{\n  \"working_dir\": \"/srv/etl\",\n  \"jobs\": [\n    {\"id\": \"load\", \"command\": \"./load.sh\", \"pre_checks\": [{\"name\": \"output_contains\", \"params\": {\"text\": \"done\"}}]}\n  ]\n}\n"
      }
    ],
    "output": "W806.json:4:59 warning W806: job \"load\": output_contains looks at what the command has printed, which is nothing before it has run\n  4 | …mmand\": \"./load.sh\", \"pre_checks\": [{\"name\": \"output_contains\", \"params\": {\"text\": \"done\"}}]}\n    |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  hint: move it to \"post_checks\"\n\n1 warning\n"
  }
};
