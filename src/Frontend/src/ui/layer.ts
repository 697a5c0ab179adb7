import { createContext } from 'react';

/** The modal dialog around an element, if any: what floats must be put inside it, since all outside it is out of reach. */
export const LayerContext = createContext<HTMLElement | null>(null);
