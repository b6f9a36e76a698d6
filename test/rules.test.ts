// What holds for every rule: its words, its source, its place.

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../src/rules/index.js';

const names = readdirSync('src/rules').flatMap((file) => (file.endsWith('.ts') && file !== 'index.ts' ? [file.slice(0, -'.ts'.length)] : []));

describe('rules', () => {
  it('are what the folder holds, each in the file of its name', () => {
    expect(RULES.map(({ id }) => id)).toEqual(names.sort());
  });

  describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
    it('cites who demands it', () => {
      expect(rule.source).toMatch(/^https:\/\/[\w.-]+\/\S+$/);
      expect(rule.why.length).toBeGreaterThan(20);
    });

    it('ends its sentences, and fills every slot with a name', () => {
      for (const { message, cause, help, azure } of Object.values(rule.messages)) {
        for (const sentence of [message, cause, help]) {
          if (sentence === undefined) continue;
          expect(sentence).toMatch(/[.?)"]$/);
          expect(sentence.replace(/\{\w+\}/g, '')).not.toMatch(/[{}]/);
        }
        // Azure's own words are printed up to its trailer.
        if (azure !== undefined) expect(azure).not.toContain('To understand more');
      }
    });

    it('waits for no evidence that also supersedes it', () => {
      expect(rule.needs.filter((key) => rule.unless.includes(key))).toEqual([]);
    });
  });
});
