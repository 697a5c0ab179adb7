/** The run that the playground would start, for whoever leads a person to it. */
export interface RunInSight {
  /** What a press would pay at most, as the server displays it; null while it is not known. */
  price: string | null;
  /** `2 images + 2 videos`; null while it is not known. */
  scope: string | null;
  /** Every model of it is played by the demo renderer. */
  simulated: boolean;
  /** Prompts are enhanced on the way. */
  enhances: boolean;
  /** What keeps it from starting, in words. */
  faults: readonly string[];
  starting: boolean;
  generate: () => void;
}
