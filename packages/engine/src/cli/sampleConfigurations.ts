/** What `--simple-config` prints: it runs as it is. */
export const simpleConfiguration = `{
  "application_name": "my_pipeline",
  "working_dir": ".",
  "version": 2,
  "jobs": [
    {
      "id": "download",
      "description": "Get the data",
      "command": "printf 'apples 3\\\\npears 5\\\\n' > data.txt"
    },
    {
      "id": "count",
      "description": "Work on it",
      "command": "wc -l < data.txt",
      "dependencies": ["download"]
    },
    {
      "id": "report",
      "description": "Show the result",
      "command": "sort data.txt",
      "dependencies": ["count"]
    }
  ]
}
`;

/** What `--sample-config` prints: it runs as it is, and shows most of what a configuration can say. */
export const sampleConfiguration = `{
  "version": 2,
  "application_name": "data_pipeline",
  "description": "Fetches data, cleans it twice over and reports",
  "working_dir": ".",
  "log_dir": "logs",

  "parallel": true,
  "max_workers": 3,
  "on_failure": "stop",
  "resources": { "db_sessions": 1 },

  "default_timeout": "10m",
  "default_max_retries": 1,
  "default_retry_delay": "2s",
  "default_retry_backoff": 1.5,
  "default_retry_jitter": 0.1,

  "inherit_shell_env": "default",
  "env_variables": {
    "STAGE": "test",
    "DATA_DIR": "data",
    "RAW": "\${DATA_DIR}/raw.txt"
  },

  "email_address": "team@example.com",
  "email_on_failure": false,

  "jobs": [
    {
      "id": "download",
      "description": "Fetch the raw data",
      "command": "mkdir -p \\"$DATA_DIR\\" && printf 'pears 5\\\\napples 3\\\\n' > \\"$RAW\\"",
      "tags": ["nightly"],
      "timeout": "1m",
      "max_retries": 3,
      "retry_delay": "5s",
      "retry_on_exit_codes": [1, 7],
      "post_checks": [{ "name": "check_file_exists", "params": { "path": "\${RAW}" } }]
    },
    {
      "id": "clean_fruit",
      "description": "Sort the data",
      "command": "sort \\"$RAW\\" > \\"$DATA_DIR/$OUTPUT\\"",
      "dependencies": ["download"],
      "env_variables": { "OUTPUT": "sorted.txt" },
      "pre_checks": [{ "name": "check_file_exists", "params": { "path": "\${RAW}" } }]
    },
    {
      "id": "load",
      "description": "Pretend to load it into a database",
      "command": "echo loaded > \\"$DATA_DIR/load.log\\"",
      "dependencies": ["download"],
      "resources": { "db_sessions": 1 },
      "estimated_duration": "30s",
      "post_checks": [{ "name": "check_no_ora_errors", "params": { "log_file": "\${DATA_DIR}/*.log" } }]
    },
    {
      "id": "report",
      "description": "Show what came out",
      "command": "cat \\"$DATA_DIR/sorted.txt\\"",
      "dependencies": ["clean_fruit", "load"],
      "priority": 10
    },
    {
      "id": "alert",
      "description": "Only when loading fails",
      "command": "echo 'the load failed'",
      "dependencies": [{ "job": "load", "when": "failure" }],
      "allow_failure": true
    }
  ]
}
`;
