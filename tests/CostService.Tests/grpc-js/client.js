// Usage: node client.js <cost service> <slow service> <path of cost.proto>. Prints one JSON object: what each call was answered with.
// Addresses are host:port; the slow service never answers GetPipelineSpend.
import { credentials, loadPackageDefinition, Metadata } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

const [address, slowAddress, proto] = process.argv.slice(2);
const { Cost } = loadPackageDefinition(loadSync(proto, { keepCase: true, longs: Number, defaults: true })).pipeline.cost.v1;
const cost = new Cost(address, credentials.createInsecure());
const slow = new Cost(slowAddress, credentials.createInsecure());

const call = (method, request, client = cost, milliseconds = 10_000) =>
  new Promise((resolve) => {
    client[method](request, new Metadata(), { deadline: Date.now() + milliseconds }, (error, reply) =>
      resolve(error ? { code: error.code, details: error.details } : { reply }),
    );
  });

// A deadline that runs while the connection is still being made says nothing about the server.
const connected = (client) =>
  new Promise((resolve, reject) => client.waitForReady(Date.now() + 30_000, (error) => (error ? reject(error) : resolve())));

const line = (step_type, count, parameters) => ({ step_type, count, parameters });
const hold = (item_id, amount) => ({ item_id, attempt: 1, amount });
const pipeline = { tenant_id: 900, pipeline_id: 901 };

await Promise.all([connected(cost), connected(slow)]);

const answers = {
  estimate: await call("Estimate", {
    lines: [
      line("prompt_enhance", 15),
      line("i2i", 30, { model: "kling-image", resolution: "1K" }),
      line("i2v", 30, { model: "kling", resolution: "1080p", duration_sec: 5 }),
    ],
  }),
  reserve: await call("Reserve", { ...pipeline, pipeline_cap: "1", holds: [hold(1, "0.4"), hold(2, "0.4"), hold(3, "0.4")] }),
  release: await call("Release", { ...pipeline, holds: [hold(1, "")] }),
  spend: await call("GetPipelineSpend", pipeline),
  invalid: await call("Reserve", { ...pipeline, holds: [hold(1, "50% — viel: ü")] }),
  deadline: await call("GetPipelineSpend", pipeline, slow, 1_000),
  // Longer than one HTTP/2 window, and longer than the server takes.
  long: (await call("Estimate", { lines: [line("x".repeat(2_000_000), 1)] })).reply?.lines[0].step_type.length,
  tooLong: await call("Estimate", { lines: [line("x".repeat(5_000_000), 1)] }),
  // Twenty calls on one connection at once.
  many: (await Promise.all(Array.from({ length: 20 }, (_, n) => call("Estimate", { lines: [line("prompt_enhance", n)] })))).map(
    ({ reply }) => reply.total,
  ),
};

answers.unimplemented = await new Promise((resolve) =>
  cost.makeUnaryRequest("/pipeline.cost.v1.Cost/Nope", () => Buffer.alloc(0), () => null, null, (error) => resolve({ code: error?.code ?? 0 })),
);

console.log(JSON.stringify(answers));
cost.close();
slow.close();
