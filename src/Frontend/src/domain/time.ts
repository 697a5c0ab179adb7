/** How long, roughly, for a person: `12 s`, `about 7 min`, `about 2 h`. */
export function about(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 3600)} h`;
}

/** A clip's length: `0:05`, `1:20`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A span that is over: `48 s`, `11 min 20 s`, `1 h 5 min`. */
export function span(fromIso: string, toIso: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(toIso) - Date.parse(fromIso)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** When it was: `just now`, `5 min ago`, `14:20`, `Friday`, `3 Nov`. */
export function when(iso: string, now: Date): string {
  const then = new Date(iso);
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (then.toDateString() === now.toDateString()) return then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (minutes < 6 * 24 * 60) return then.toLocaleDateString('en-GB', { weekday: 'long' });
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

/** A day and time at length: `24 Nov 2026, 14:20`. */
export function stamp(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}
