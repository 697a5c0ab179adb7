import { useEffect, useState } from 'react';

/** The list of before while the same stands in it: what is made of it need not be made anew. */
export function useSame<One>(list: readonly One[]): readonly One[] {
  const [before] = useState({ list });
  const same = before.list.length === list.length && list.every((one, at) => one === before.list[at]) ? before.list : list;
  useEffect(() => {
    before.list = same;
  });
  return same;
}
