export interface HelpTopic {
  title: string;
  text: string;
  /** Other words people look for it by. */
  also?: string;
}

export const helpTopics: readonly HelpTopic[] = [
  { title: 'Make a first video from a photo', text: 'Drop a photo anywhere on the Playground, write what you want to see, and press Generate. The full pipeline makes an image of it first and then a clip of the image; “Video” animates the photo as it is.', also: 'start begin quick tutorial animate tour' },
  { title: 'What a run costs', text: 'The right side lists every step with its count and price before anything is made, and the button carries the most you can pay. What fails or is cancelled costs nothing.', also: 'price money budget charge dollars' },
  { title: 'Spend at most', text: 'Tick “Spend at most” and name an amount: the run pauses before it would pass it. Raise the amount and resume, or keep what is there.', also: 'budget limit cap' },
  { title: 'The demo renderer', text: 'Without a provider’s key the demo renderer makes the outputs on this machine. They carry “Demo”, use list prices so that you can plan, and nothing is charged. Keys are set in Settings, Providers.', also: 'free simulated test key fal openai' },
  { title: 'Enhance a prompt', text: 'Enhance turns one line into as many prompts as the stepper says. Untick the ones you do not want, press a text to change it, and undo brings the old list back.', also: 'variations rewrite improve' },
  { title: 'Several prompts at once', text: 'Part prompts by a line of three dashes (---). Every photo meets every prompt; with “One to one” the first photo meets the first prompt, and so on.', also: 'multi batch combine paired' },
  { title: 'Photo sets', text: '“Create photo set” varies a photo along angles, expressions, poses, outfits and lighting. Full product makes every combination; one at a time changes a single thing; pairwise lets every two options meet at least once, with far fewer images.', also: 'variations angles coverage' },
  { title: 'The same again, or another', text: 'Under More settings of a model stand its seed and what it should not show. The same seed, words and settings make the same again, as far as the model keeps to it; without a seed each run makes another one.', also: 'seed negative prompt random repeat variation' },
  { title: 'Stop and choose', text: 'Run mode Checkpoint pauses after the steps you tick, so that only what you pick goes on and is paid for. Manual pauses after each step.', also: 'review approve pause manual' },
  { title: 'Draw a workflow', text: 'Workflows, “New workflow”: drop steps on the canvas or press Space, and pull a wire from one to the next. Every way from photos to a last step is a branch; all of them start together, and each step shows what it makes and costs.', also: 'builder canvas graph branch node template' },
  { title: 'Templates', text: 'Save a workflow or the playground’s run as a template and use it with other photos. A template says which models it needs; share it as a file. The built-in ones run on sample pictures.', also: 'preset reuse share import export' },
  { title: 'Pause, cancel, retry', text: 'Pause finishes what is being made and sends out nothing new. Cancel drops the rest and keeps what is done. Retry makes only what failed.', also: 'stop resume failed error' },
  { title: 'Close the page', text: 'Runs go on without the page. Drafts, runs and outputs are there when you come back, on this device or another.', also: 'offline reload lost refresh' },
  { title: 'Load a page again', text: 'On a phone pull a page down from its top. Everything refreshes by itself as well while something runs.', also: 'pull refresh touch gesture swipe' },
  { title: 'Order of photos', text: 'Drag a photo to its place, or focus its handle, press Space and move it with the arrows. On a phone rest your finger on it. A swipe upwards takes it out; undo brings it back.', also: 'reorder sort remove delete swipe' },
  { title: 'Which files work', text: 'PNG, JPEG and WebP up to 25 MB and 64 megapixels, ZIP files and folders of them, and addresses of pictures. What cannot be used is named, and the rest is kept.', also: 'heic format size upload zip folder url' },
  { title: 'Find it again', text: 'The Library keeps every photo and output. Search the prompts, filter by run, model, rating or tag, or put things into collections. Opened, each tells how it was made, and Recall puts all of it back on the Playground.', also: 'library search tag star rating collection lineage history' },
  { title: 'Deleted by mistake', text: 'What you delete goes to the trash of the Library and can be restored from there for a while, with everything it had. Undo brings it back at once.', also: 'trash bin restore remove undo' },
  { title: 'Download', text: 'Each output has a download button. Select several, or none for all, and take one ZIP with a manifest of prompts, models, seeds and costs.', also: 'export zip save' },
  { title: 'Use it from a program', text: 'Everything here is a public API. Make a key in Settings, API keys; the API reference has an example of every call.', also: 'api key developer curl webhook' },
];

const wordsOf = (topic: HelpTopic) => `${topic.title} ${topic.text} ${topic.also ?? ''}`.toLowerCase();

/** Topics that have every word, those with the words in their title first. */
export function findTopics(wanted: string): HelpTopic[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = helpTopics.filter((topic) => words.every((word) => wordsOf(topic).includes(word)));
  const inTitle = (topic: HelpTopic) => words.every((word) => topic.title.toLowerCase().includes(word));
  return words.length === 0 ? found : [...found.filter(inTitle), ...found.filter((topic) => !inTitle(topic))];
}
