/** What the API sends and takes. Money is in US dollars, times are RFC 3339, durations are seconds, sizes are pixels and bytes. */

export type StepType = 'prompt_enhance' | 'i2i' | 'i2v';
export type PipelineMode = 'auto' | 'checkpoint' | 'manual';
export type PipelineStatus = 'pending' | 'running' | 'paused' | 'completed' | 'failed' | 'cancelled';
export type StatusReason = 'review' | 'user' | 'budget' | 'provider' | 'account';
export type StepStatus = 'pending' | 'running' | 'review' | 'completed' | 'failed' | 'skipped' | 'cancelled';
export type ThemeFocus = 'outfits' | 'poses' | 'expressions' | 'lighting';

export interface Session {
  signed_in: boolean;
  demo_available: boolean;
  user: { name?: string | null; email?: string | null } | null;
  workspace: { id?: number; name?: string | null } | null;
}

export interface Model {
  id: string;
  name: string;
  vendor: string;
  kind: 'image' | 'video';
  /** active, deprecated, retired … */
  status: string;
  retired_at: string | null;
  /** The model to use instead of a retired one. */
  successor: string | null;
  /** The provider that serves it now; `local` is the demo renderer. */
  served_by: string;
  simulated: boolean;
  price: { unit: string; amount: number; base_duration_sec: number | null; display: string };
  capabilities: Capabilities;
  /** What the server fills in when a setting is left out. */
  defaults: { aspect_ratio?: string | null; quality?: string | null; resolution?: string | null; duration_sec?: number | null };
  default: boolean;
  warnings: string[];
}

export interface Capabilities {
  aspect_ratios?: string[] | null;
  resolutions?: string[] | null;
  qualities?: string[] | null;
  durations_sec?: number[] | null;
  prompt_max_chars?: number | null;
  typical_latency_sec?: number | null;
}

export interface PipelineInputs {
  images: ({ asset_id: number; thumbnail_url?: string } | { url: string })[];
  prompts: string[];
  combine?: 'all' | 'paired';
  /** In an answer: how many there are; the list shows the first thousand. */
  prompts_total?: number;
}

export interface PromptEnhanceConfig {
  input_prompts?: string[];
  variations_per_prompt?: number;
  target_type?: 'i2i' | 'i2v';
  style_hints?: string[];
  theme_focus?: ThemeFocus | null;
  scope?: 'per_image' | 'shared';
}

export type SetKind = 'angles' | 'expressions' | 'poses' | 'outfits' | 'lighting';
export type SetCoverage = 'full' | 'one_at_a_time' | 'pairwise';

/** A kind without options takes all of its standard ones. */
export interface SetModeConfig {
  enabled?: boolean;
  coverage?: SetCoverage;
  variations?: SetKind[];
  options?: Partial<Record<SetKind, string[]>>;
  count_per_variation?: number;
}

/** One way to cover the chosen options, and what it comes to. */
export interface SetModePlan {
  coverage: SetCoverage;
  variations: number;
  count: number;
  amount: number;
  amount_display: string;
  total: number;
  total_display: string;
  chosen: boolean;
  over_limit: boolean;
}

export interface ImageConfig {
  model?: string;
  prompts?: string[];
  images_per_prompt?: number;
  aspect_ratio?: string;
  quality?: string;
  seed?: number;
  /** In place of `images_per_prompt`. */
  set_mode?: SetModeConfig;
  fallback?: FallbackConfig;
}

/** Leave to have another provider make what the first cannot; by default no dearer than there. */
export interface FallbackConfig {
  max_unit_price_usd?: number;
}

export interface VideoConfig {
  model?: string;
  motion_prompts?: string[];
  videos_per_image?: number;
  resolution?: string;
  duration_sec?: number;
  seed?: number;
  fallback?: FallbackConfig;
}

export type StepConfig = PromptEnhanceConfig & ImageConfig & VideoConfig;

export interface StepRequest {
  step_type: StepType;
  config: StepConfig;
}

export interface PipelineRequest {
  name: string;
  mode: PipelineMode;
  checkpoints?: StepType[];
  inputs: PipelineInputs;
  steps: StepRequest[];
  budget_usd?: number;
}

export interface PipelineSummary {
  id: number;
  name: string;
  status: PipelineStatus;
  status_reason: StatusReason | null;
  pause_requested?: boolean;
  mode: PipelineMode;
  checkpoints: StepType[];
  current_step: number | null;
  cost_estimate: number;
  cost_actual: number;
  budget_usd: number | null;
  progress: { total: number; succeeded: number; failed: number; running: number; eta_sec: number | null };
  version: number;
  created_at: string;
  updated_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export interface QueuePlace {
  position: number;
  ahead: number;
  wait_sec: number | null;
}

export interface Pipeline extends PipelineSummary {
  inputs: PipelineInputs;
  steps: Step[];
  /** Null when nothing of it waits for its turn. */
  queue?: QueuePlace | null;
  /** Which provider it waits for, what is delivered differently from what was asked. */
  warnings?: string[];
}

export interface Fallback {
  provider: string;
  unit_price: number;
}

export interface StepProgress {
  total: number;
  queued: number;
  running: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  pct: number;
  eta_sec: number | null;
}

export interface Step {
  id: number;
  pipeline_id: number;
  step_type: StepType;
  step_order: number;
  config: StepConfig;
  status: StepStatus;
  inputs: { images: number; prompts: number };
  progress: StepProgress;
  outputs: Output[];
  outputs_total: number;
  /** The demo renderer makes it, not a paid model. */
  simulated?: boolean;
  /** Who makes it; an output says who did. */
  provider?: string | null;
  /** Who makes what its provider cannot, the preferred first. */
  fallbacks?: Fallback[] | null;
  unit_price?: number;
  cost_estimate: number;
  cost_actual: number;
  error: string | { message?: string; code?: string } | null;
  version: number;
}

export interface Output {
  id: number;
  item_id: number | null;
  type: 'prompt' | 'image' | 'video';
  text: string | null;
  url: string | null;
  thumbnail_url: string | null;
  asset_id: number | null;
  width: number | null;
  height: number | null;
  duration_sec: number | null;
  bytes: number | null;
  model: string | null;
  prompt: string | null;
  variation: Record<string, string> | null;
  seed: number | null;
  cost: number;
  selected: boolean;
  rating: number | null;
  parent_output_id: number | null;
  provider?: string | null;
  simulated?: boolean;
  /** The result of an identical earlier request; it cost nothing. */
  reused?: boolean;
  created_at: string;
}

export interface Item {
  id: number;
  status: string;
  error: { code: string; message: string; retryable: boolean } | null;
}

export interface StepEdits {
  outputs?: { id: number; text?: string; selected?: boolean }[];
  add?: { text: string }[];
}

export interface EstimateRequest {
  inputs: PipelineInputs;
  steps: StepRequest[];
}

export interface Estimate {
  currency: string;
  total: number;
  total_display: string;
  steps: EstimateStep[];
  display: string;
  /** What is delivered differently from what was asked, what is not used, what ends soon. */
  warnings: string[];
}

export interface EstimateStep {
  step_type: StepType;
  model: string | null;
  count: number;
  unit: string;
  unit_price: number;
  amount: number;
  amount_display: string;
  /** In set mode: the three coverages side by side. */
  set_mode_plans?: SetModePlan[];
  /** Who makes what the first provider cannot, where that was allowed. Their prices are not in the total. */
  fallbacks?: Fallback[];
}

/** A run's expansion, nothing stored: the first items of each step as they would be sent. */
export interface DryRun {
  total: number;
  total_display: string;
  sample: DryRunItem[];
}

export interface DryRunItem {
  step_type: StepType;
  number: number;
  image_index: number | null;
  prompt: string;
  variation: Record<string, string> | null;
  cost: number;
}

export interface EnhanceRequest {
  prompts: string[];
  count: number;
  target: 'i2i' | 'i2v';
  style?: string;
  theme_focus?: ThemeFocus;
  image?: { asset_id: number };
}

export interface EnhanceAnswer {
  /** `fallback` of them were written by the demo writer; `similar_to` is the earlier prompt that a cached answer was written for. */
  results: { input: string; prompts: string[]; provider: string; cached: boolean; fallback?: number; similar_to?: string | null }[];
  cost: number;
}

export interface Asset {
  id: number;
  type: 'image' | 'video';
  source: 'uploaded' | 'generated';
  model?: string | null;
  prompt?: string | null;
  name: string;
  content_type: string;
  width: number;
  height: number;
  duration_sec: number | null;
  bytes: number;
  url: string;
  thumbnail_url: string;
  pipeline_id: number | null;
  output_id: number | null;
  simulated?: boolean;
  created_at: string;
}

export interface UploadAnswer {
  data: Asset[];
  errors: { file: string; message: string }[];
}

export interface ApiKey {
  id: number;
  name: string;
  prefix?: string | null;
  scopes: string[];
  last_used_at: string | null;
  revoked_at?: string | null;
  created_at: string;
}

/** One line of the live feed. `id` is a position in the feed, as a string. */
export type FeedEvent = { id: string; at: string } & (
  | { event: 'pipeline_status'; data: { id: number; status: PipelineStatus; current_step: number | null } }
  | { event: 'step_progress'; data: { pipeline_id: number; step_id: number; progress_pct: number; outputs_so_far: number; total: number; eta_sec: number | null } }
  | { event: 'output_ready'; data: { pipeline_id: number; step_id: number; output_id: number; output_url: string | null; output_type: Output['type']; thumbnail_url: string | null } }
  | { event: 'cost_update'; data: { pipeline_id: number; cost_actual: number } }
  | { event: 'error'; data: { pipeline_id: number; step_id: number; item_id: number; error_message: string; retryable: boolean } }
);

/** Who makes things here. `key` says whose key pays: this workspace's own, the installation's, or nobody's. */
export interface Provider {
  name: string;
  simulated: boolean;
  key: 'workspace' | 'installation' | null;
  key_hint: string | null;
  takes_key: boolean;
  makes: ('prompt' | 'image' | 'video')[];
  serves: number;
  stands_by_for: number;
  state: 'free' | 'throttled' | 'down' | 'trying';
  until: string | null;
  last_error: { code: string; message: string; at: string } | null;
}

export interface ProviderCheck {
  provider: string;
  state: 'works' | 'refused' | 'missing' | 'unreachable';
  message: string;
  checked_at: string;
}
