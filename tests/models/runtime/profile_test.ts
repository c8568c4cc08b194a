import { assertEquals, assertThrows } from "@std/assert";
import { readProfile } from "../../../models/runtime/profile.ts";

const event = (name: string, op_name: string, others: Record<string, unknown> = {}) => ({
  cat: "Node",
  name: `${name}_kernel_time`,
  dur: 500,
  args: {
    op_name,
    provider: "CPUExecutionProvider",
    activation_size: "48",
    parameter_size: "8",
    output_size: "16",
    ...others,
  },
});

Deno.test("readProfile() sums time, traffic and operations by node", () => {
  const product = event("product", "Gemm", {
    // Aᵀ·B: the left factor is stored 5 × 2.
    input_type_shape: [{ float: [5, 2] }, { float: [5, 3] }],
    output_type_shape: [{ float: [2, 3] }],
  });
  const trace = [
    product,
    product,
    event("view", "Reshape"),
    event("rows", "Gather"),
    { cat: "Session", name: "model_run", dur: 9, args: {} },
    { ...event("before", "Add"), name: "before_fence_before" },
  ];
  const shared = { provider: "CPUExecutionProvider" };
  assertEquals(readProfile(JSON.stringify(trace)), [
    { ...shared, name: "product", operator: "Gemm", runs: 2, milliseconds: 1, bytes: 144, operations: 2 * 60 },
    { ...shared, name: "view", operator: "Reshape", runs: 1, milliseconds: 0.5, bytes: 0, operations: 0 },
    { ...shared, name: "rows", operator: "Gather", runs: 1, milliseconds: 0.5, bytes: 32, operations: 0 },
  ]);
});

Deno.test("readProfile() refuses what is no trace", () => {
  assertThrows(() => readProfile('{"cat": "Node"}'));
});
