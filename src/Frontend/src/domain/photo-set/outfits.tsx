import { X } from 'lucide-react';
import { useState } from 'react';
import { addOutfits, longestOutfit, mostOutfits, toggleOption, type PhotoSet } from '@/domain/draft/photo-set';

interface OutfitsProps {
  photoSet: PhotoSet;
  onChange: (photoSet: PhotoSet) => void;
}

/** Outfits in free words; a comma or Enter ends one, Backspace in the empty field takes the last back. */
export function Outfits({ photoSet, onChange }: OutfitsProps) {
  const [text, setText] = useState('');
  const { outfits } = photoSet.options;
  const commit = (written: string) => {
    onChange(addOutfits(photoSet, written));
    setText('');
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5 rounded-c border border-control bg-surface p-1.5 focus-within:border-focus">
      {outfits.map((outfit) => (
        <span key={outfit} className="inline-flex h-7 max-w-full items-center gap-1 rounded-m border border-accent-line bg-accent-soft pl-2.5 text-label">
          <span className="truncate">{outfit}</span>
          <button type="button" aria-label={`Remove ${outfit}`} onClick={() => onChange(toggleOption(photoSet, 'outfits', outfit))} className="grid size-7 place-items-center text-ink-2 hover:text-ink touch-target">
            <X className="size-3.5" />
          </button>
        </span>
      ))}
      <input
        aria-label="Outfits, parted by commas"
        value={text}
        maxLength={longestOutfit}
        disabled={outfits.length >= mostOutfits}
        placeholder={outfits.length === 0 ? 'casual, formal, sporty' : outfits.length >= mostOutfits ? `${mostOutfits} are the most` : 'add another…'}
        onChange={(event) => (/[,\n]/.test(event.target.value) ? commit(event.target.value) : setText(event.target.value))}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            commit(text);
          } else if (event.key === 'Backspace' && text === '' && outfits.length > 0) onChange(toggleOption(photoSet, 'outfits', outfits.at(-1) ?? ''));
        }}
        onBlur={() => text.trim() !== '' && commit(text)}
        className="h-7 min-w-32 flex-1 bg-transparent px-1.5 text-body outline-none max-lg:h-11 max-lg:text-[16px]"
      />
    </div>
  );
}
