import type { components } from '@/api/schema';

/** What the API sends and takes, by the names the app uses: the types are generated from its description, docs/openapi.json. */
type Schemas = components['schemas'];

export type StepType = Schemas['StepView']['step_type'];
export type PipelineMode = Schemas['PipelineMode'];
export type PipelineStatus = Schemas['PipelineStatus'];
export type StatusReason = Schemas['StatusReason'];
export type StepStatus = Schemas['StepStatus'];
export type ThemeFocus = NonNullable<StepConfig['theme_focus']>;

export type Session = Schemas['SessionView'];
export type ApiKey = Schemas['ApiKeyView'];
export type NewApiKey = Schemas['CreateApiKey'];
/** The only answer that has the whole key. */
export type CreatedApiKey = Schemas['CreatedApiKey'];

export type Model = Schemas['ModelListing'];
export type Capabilities = Schemas['CapabilityListing'];

/** The description lets clients leave these out; this app gives them, and so does the server in a definition. */
type Given<T, Names extends keyof T> = Omit<T, Names> & { [Name in Names]-?: NonNullable<T[Name]> };

export type PipelineRequest = Given<Omit<Schemas['PipelineRequest'], 'inputs' | 'steps'>, 'name' | 'mode'> & EstimateRequest;
export type EstimateRequest = { inputs: Given<Schemas['InputsRequest'], 'images' | 'prompts'>; steps: StepRequest[] };
export type StepRequest = Given<Schemas['StepRequest'], 'config'>;
/** The settings of all three kinds of step; each kind takes its own, below. */
export type StepConfig = Schemas['StepConfig'];
export type PromptEnhanceConfig = Pick<StepConfig, 'input_prompts' | 'variations_per_prompt' | 'target_type' | 'style_hints' | 'theme_focus' | 'scope' | 'provider'>;
export type ImageConfig = Pick<StepConfig, 'model' | 'prompts' | 'images_per_prompt' | 'aspect_ratio' | 'quality' | 'resolution' | 'negative_prompt' | 'seed' | 'set_mode' | 'fallback'>;
export type VideoConfig = Pick<StepConfig, 'model' | 'motion_prompts' | 'videos_per_image' | 'resolution' | 'duration_sec' | 'audio' | 'negative_prompt' | 'seed' | 'fallback'>;

export type SetModeConfig = Schemas['SetModeConfig'];
export type SetKind = NonNullable<SetModeConfig['variations']>[number];
export type SetCoverage = SetModePlan['coverage'];
export type SetModePlan = Schemas['SetModePlanView'];

export type Pipeline = Schemas['PipelineView'];
export type PipelineSummary = Schemas['PipelineSummary'];
export type PipelineFacets = Schemas['PipelineFacets'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type FailureList = Schemas['FailureList'];
export type RetryQuote = Schemas['RetryQuoteView'];
export type PipelineInputs = Schemas['InputsView'];
export type QueuePlace = Schemas['QueueView'];
export type Step = Schemas['StepView'];
export type Fallback = NonNullable<Step['fallbacks']>[number];
export type FallbackConfig = NonNullable<StepConfig['fallback']>;
export type StepProgress = Schemas['StepProgress'];
export type StepEdits = Schemas['ReviewRequest'];
export type Output = Schemas['OutputView'];
export type OutputChange = NonNullable<NonNullable<Schemas['StepChange']['outputs']>[number]>;
export type Onward = Schemas['OnwardView'];
export type RedoRequest = Schemas['RedoRequest'];
export type Item = Schemas['ItemView'];

export type Estimate = Schemas['EstimateView'];
export type EstimateStep = Schemas['EstimateStepView'];
export type DryRun = Schemas['DryRunView'];
export type DryRunItem = Schemas['DryRunItem'];

export type RunGroup = Schemas['RunGroupView'];

export type TemplateSummary = Schemas['TemplateSummary'];
/** The server answers with requests that are whole. */
export type Template = Omit<Schemas['TemplateView'], 'pipelines'> & { pipelines: PipelineRequest[] };
export type TemplateNeed = Schemas['TemplateNeed'];
export type TemplateRequest = Omit<Schemas['TemplateRequest'], 'pipelines' | 'graph'> & { pipelines: PipelineRequest[]; graph?: unknown };
export type TemplateFile = Schemas['TemplateFile'];
export type Sheet = Schemas['SheetView'];
export type SheetField = Schemas['SheetErrorView']['field'];
export type SheetMapping = Schemas['SheetMapping'];
export type SheetEdit = Schemas['SheetEdit'];
export type SheetRun = Schemas['SheetRunView'];
export type SheetSummary = Schemas['SheetSummary'];
export type SheetRequest = Omit<Schemas['SheetRequest'], 'pipeline'> & { pipeline?: Omit<PipelineRequest, 'inputs' | 'name'> };

export type EnhanceRequest = Schemas['EnhanceRequest'];
export type EnhanceAnswer = Schemas['EnhanceResponse'];
export type PromptSettings = Schemas['PromptSettingsView'];
export type Suggestions = Schemas['SuggestionsResponse'];

export type Asset = Schemas['AssetResponse'];
export type UploadAnswer = Schemas['AssetIntake'];
export type DeletionAnswer = Schemas['DeletionResponse'];
export type EmptiedAnswer = Schemas['EmptiedResponse'];
export type AssetIndexAnswer = Schemas['AssetIndex'];
export type AssetFacets = Schemas['AssetFacets'];
export type Marks = Schemas['MarksRequest'];
export type Collection = Schemas['CollectionView'];
export type Lineage = Schemas['LineageView'];
export type LineageNode = Schemas['LineageNode'];

export type Provider = Schemas['ProviderView'];
export type ProviderCheck = Schemas['ProviderCheckView'];
export type UsageReport = Schemas['UsageReport'];
export type UsageTotal = Schemas['UsageTotal'];

/** One line of the live feed. The description names the events; what each of them carries is said here. */
export type FeedEvent = Pick<Schemas['EventResponse'], 'id' | 'at'> & { [Name in keyof FeedData]: { event: Name; data: FeedData[Name] } }[keyof FeedData];

type FeedData = Record<Schemas['EventResponse']['event'], unknown> & {
  pipeline_status: Pick<Pipeline, 'id' | 'status' | 'current_step'>;
  step_progress: { pipeline_id: number; step_id: number; progress_pct: number; outputs_so_far: number; total: number; eta_sec: number | null };
  output_ready: { pipeline_id: number; step_id: number; output_id: number; output_url: string | null; output_type: Output['type']; thumbnail_url: string | null };
  cost_update: { pipeline_id: number; cost_actual: number };
  review_changed: { pipeline_id: number; step_id: number; version: number };
  error: { pipeline_id: number; step_id: number; item_id: number; error_message: string; retryable: boolean };
};
