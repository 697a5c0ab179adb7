import { expect, it } from 'vitest';
import { addOutfits, emptySet, factorsOf, fromSetMode, fullProduct, setPresets, toggleOption, toSetMode } from './photo-set';

const twoByThree = ['smile', 'neutral', 'serious'].reduce((set, option) => toggleOption(set, 'expressions', option), toggleOption(toggleOption(emptySet, 'angles', 'side'), 'angles', 'front'));

it('multiplies what was ticked', () => {
  expect(fullProduct(twoByThree)).toBe(6);
  expect(factorsOf(twoByThree)).toBe('2 angles × 3 expressions');
  expect(fullProduct(emptySet)).toBe(0);
});

it('keeps the order of the catalog, whatever was ticked first', () => expect(twoByThree.options.angles).toEqual(['front', 'side']));

it('takes a tick back', () => expect(toggleOption(twoByThree, 'angles', 'front').options.angles).toEqual(['side']));

it('takes outfits one a comma, none twice', () => {
  const set = addOutfits(addOutfits(emptySet, 'casual, formal,, sporty '), 'Formal\nnavy field jacket');
  expect(set.options.outfits).toEqual(['casual', 'formal', 'sporty', 'navy field jacket']);
});

it('asks for nothing when nothing varies', () => {
  expect(toSetMode(null)).toBeNull();
  expect(toSetMode(emptySet)).toBeNull();
});

it('asks only for the kinds that vary, and can be had back', () => {
  const config = toSetMode({ ...twoByThree, coverage: 'pairwise', each: 2 });
  expect(config).toEqual({
    enabled: true, coverage: 'pairwise', variations: ['angles', 'expressions'],
    options: { angles: ['front', 'side'], expressions: ['smile', 'neutral', 'serious'] }, count_per_variation: 2,
  });
  expect(fromSetMode(config)).toEqual({ ...twoByThree, coverage: 'pairwise', each: 2 });
});

it('reads a kind without options as all of its standard ones', () => {
  expect(fromSetMode({ enabled: true, variations: ['lighting'] })?.options.lighting).toEqual(['studio', 'natural', 'dramatic', 'soft']);
  expect(fromSetMode({ enabled: false })).toBeNull();
  expect(fromSetMode(null)).toBeNull();
});

it.each(setPresets)('has a preset that varies something: $name', ({ set }) => expect(fullProduct(set)).toBeGreaterThan(1));
