import { describe, expect, it } from '@jest/globals';
import { templatesOf } from './mine.ts';

describe('grouping', () => {
  it('takes many names in one place for a parameter', () => {
    expect(templatesOf(['login of user ann ok', 'login of user bob ok', 'login of user cy ok'])).toEqual([
      'login of user <*> ok',
    ]);
  });

  it('takes many words anywhere else for a parameter, and fewer names', () => {
    const words = ['red', 'green', 'blue', 'grey', 'pink', 'teal'].map(
      (colour) => `the lamp shines ${colour} again`,
    );
    expect(templatesOf(words)).toEqual(['the lamp shines <*> again']);
    expect(templatesOf(words.slice(1))).toHaveLength(5);
    const names = ['a_x', 'b_y', 'cZed', 'd.w'].map((name) => `the part known as ${name} moved`);
    expect(templatesOf(names)).toEqual(['the part known as <*> moved']);
    expect(templatesOf(names.slice(1))).toHaveLength(3);
  });

  it('keeps a few words apart, which name different events', () => {
    const lines = [
      'cups startup succeeded',
      'cups shutdown succeeded',
      'state is now active',
      'state is now idle',
    ];
    expect(templatesOf(lines)).toEqual(lines);
  });

  it('keeps what stands first apart, however often the rest is alike', () => {
    const lines = ['boot', 'wait', 'halt', 'reset', 'start', 'stop', 'kill'].map(
      (verb) => `${verb} of node done`,
    );
    expect(templatesOf(lines)).toEqual(lines);
  });

  it('knows values from one template in another with the same noun', () => {
    const opened = ['ann', 'bob', 'cyd', 'dan'].map((user) => `session opened for user ${user}`);
    const closed = ['ann', 'bob'].map((user) => `session closed for user ${user}`);
    expect(templatesOf([...opened, ...closed])).toEqual([
      'session opened for user <*>',
      'session closed for user <*>',
    ]);
  });

  it('needs two names behind a word for somebody, and none of them to be a word', () => {
    expect(
      templatesOf(['session opened for user news at dusk', 'session opened for user mail at dusk']),
    ).toEqual(['session opened for user <*> at dusk']);
    const lines = [
      'the user added a file',
      'the user deleted a file',
      'the user is there',
      'the user not there',
    ];
    expect(templatesOf(lines)).toEqual(lines);
  });

  it('knows names that were found behind a noun also behind other words and marks', () => {
    const opened = ['ann', 'bob', 'cyd', 'dan'].map((user) => `session opened for user ${user}`);
    const refused = ['ann', 'bob'].map((user) => `wrong password from there, who=${user}`);
    const asked = ['cyd', 'dan'].map((user) => `new password for ${user} was asked`);
    expect(templatesOf([...opened, ...refused, ...asked])).toEqual([
      'session opened for user <*>',
      'wrong password from there, who=<*>',
      'new password for <*> was asked',
    ]);
    expect(templatesOf([...refused, ...asked])).toHaveLength(4);
  });

  it('joins what is sometimes a number and sometimes a word or nothing', () => {
    expect(templatesOf(['timeout of task set to 30', 'timeout of task set to none'])).toHaveLength(1);
    expect(templatesOf(['login from () at port 1', 'login from (10.0.0.1) at port 2'])).toEqual([
      'login from (<*>) at port <*>',
    ]);
  });

  it('keeps the interfaces of different drivers apart, and joins ids of several pieces', () => {
    expect(templatesOf(['link up on eth0', 'link up on wlan1'])).toHaveLength(2);
    expect(
      templatesOf(['stored block rdd_1_2 in memory', 'stored block broadcast_3 in memory']),
    ).toHaveLength(1);
  });

  it('takes a value that stands in a line twice for one difference', () => {
    const lines = ['alpha.xml', 'beta.txt', 'gamma.csv', 'delta.log'].map(
      (name) => `file ${name}, now ${name}`,
    );
    expect(templatesOf(lines)).toEqual(['file <*>, now <*>']);
  });

  it('joins lists of any length', () => {
    expect(templatesOf(['channels 1 2 3', 'channels 1 2 3 4 5', 'channels 7 8'])).toEqual(['channels <*>']);
  });

  it('joins lines that differ in several names at once', () => {
    const lines = ['job.Event', 'task.Event', 'node.Event', 'rm.Event'].map(
      (name) => `Registering class org.${name}Type for class org.${name}Handler`,
    );
    expect(templatesOf(lines)).toEqual(['Registering class <*> for class <*>']);
  });

  it('takes single letters for values', () => {
    expect(templatesOf(['pin [A] of slot 1', 'pin [B] of slot 2'])).toEqual(['pin [<*>] of slot <*>']);
  });

  it('takes true and false behind a mark for values', () => {
    expect(templatesOf(['drawn= true, moved=false', 'drawn= false, moved=false'])).toEqual([
      'drawn= <*>, moved=false',
    ]);
  });
});
