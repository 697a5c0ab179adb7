export function WorkflowsPage() { return <main className="flex-1 p-7"><h1 className="text-title">WorkflowsPage</h1></main>; }
