import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { completePrompt, suggestionsQuery, typedPrompt } from '@/domain/prompts/suggest-prompts';
import { cn } from '@/ui/cn';

interface PromptFieldProps {
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  invalid: boolean;
}

/** A prompt with suggestions as it is typed: arrows choose one, Enter or Tab takes it, Escape sends them away. */
export function PromptField({ value, onChange, placeholder, invalid }: PromptFieldProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [typing, setTyping] = useState(false);
  const [active, setActive] = useState(-1);
  const typed = typedPrompt(value);
  const wanted = suggestionsQuery(typed);
  // Asked at every key: an answer is to be there within 50 ms. What is overtaken is called off.
  const { data } = useQuery({ ...wanted, enabled: typing && wanted.enabled === true });
  // Only what still begins like the text: an answer may be for fewer letters.
  const suggestions = typing ? (data ?? []).filter((suggestion) => suggestion.toLowerCase().startsWith(typed.trim().toLowerCase()) && suggestion.length > typed.trim().length).slice(0, 6) : [];
  const open = suggestions.length > 0 && typed.trim() !== '';
  const current = active < suggestions.length ? active : -1;

  const close = () => {
    setTyping(false);
    setActive(-1);
  };
  const take = (suggestion: string) => {
    onChange(completePrompt(value, suggestion));
    close();
    field.current?.focus();
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Nor any that are still on their way.
    if (event.key === 'Escape' && typing && !open) close();
    if (!open || event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = suggestions[current];
    if (event.key === 'ArrowDown') setActive((current + 1) % suggestions.length);
    else if (event.key === 'ArrowUp' && current >= 0) setActive(current - 1);
    else if (event.key === 'Escape') close();
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) take(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="relative">
      <textarea
        ref={field}
        id="prompt"
        aria-label="Prompt"
        aria-describedby="prompt-help"
        aria-invalid={invalid || undefined}
        aria-autocomplete="list"
        aria-controls={open ? id : undefined}
        aria-activedescendant={open && current >= 0 ? `${id}-${current}` : undefined}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          // In the middle of a text there is nothing to complete.
          setTyping(event.target.selectionStart === event.target.value.length);
          setActive(-1);
        }}
        onKeyDown={onKey}
        onBlur={close}
        placeholder={placeholder}
        rows={3}
        className="max-h-48 min-h-18 w-full resize-none [field-sizing:content] bg-transparent text-prompt tracking-[-.005em] outline-none"
      />
      {open && (
        <ul id={id} role="listbox" aria-label="Suggestions" className="absolute inset-x-0 top-full z-20 mt-1 overflow-hidden rounded-card border border-line-2 bg-popover p-1 shadow-3 animate-rise">
          {suggestions.map((suggestion, index) => (
            // The field above holds the focus and hears the keys.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={suggestion}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === current}
              tabIndex={-1}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(suggestion)}
              className={cn('line-clamp-2 cursor-pointer rounded-m px-3 py-1.75 text-body text-ink-2 hover:bg-hover max-lg:py-3', index === current && 'bg-hover text-ink')}
            >
              <b className="font-[550] text-ink">{suggestion.slice(0, typed.trim().length)}</b>
              {suggestion.slice(typed.trim().length)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
