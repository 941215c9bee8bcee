using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Data.Operators;
using Dashboard.LocalDatabase;
using Dashboard.Tests.Shared;
using Dashboard.Web.Tests.Identity;
using Xunit;

namespace Dashboard.Web.Tests.Api;

/// <summary>The gate through <c>POST /api/v1/compliance/evaluate</c> of a running server.</summary>
public sealed class EvaluateTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Fact]
    public async Task Every_public_vector_gets_its_answer_with_rules_as_rows()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Read);
        var vectors = Vectors();
        Assert.True(vectors.Count >= 135);
        var wrong = new List<string>();
        foreach (var vector in vectors)
        {
            var answer = await caller.PostAsync("compliance/evaluate", WithRows(vector));
            if (!IsRight(vector, answer))
            {
                wrong.Add($"{vector["id"]}: {answer.Status} {answer.Body}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public async Task A_vector_can_be_posted_as_it_stands()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Read);
        foreach (var vector in Vectors().Take(10))
        {
            var answer = await caller.PostAsync("compliance/evaluate", vector.ToJsonString());
            Assert.True(IsRight(vector, answer), $"{vector["id"]}: {answer.Body}");
        }
    }

    [Fact]
    public async Task Without_rules_the_stored_ones_judge_a_stored_customer()
    {
        var customer = Some.Customer();
        await program.Database.AddAsync(
            customer,
            Some.Profile(customer),
            Some.Rule(r => r.Name = $"Hours {customer.Id}")
        );
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Read);

        var answer = await caller.PostAsync(
            "compliance/evaluate",
            new
            {
                customer_id = customer.Id,
                request = new { channel = "phone", at = "2026-06-03T07:00:00Z" },
            }
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(
            answer.Body.GetProperty("findings").EnumerateArray(),
            f => f.GetProperty("rule").GetString() == $"Hours {customer.Id}"
        );
    }

    [Fact]
    public async Task What_cannot_be_used_is_named_all_at_once()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Read);

        var answer = await caller.PostAsync(
            "compliance/evaluate",
            """
            {"customer": {"timezone": "Europe/Paris", "opt_outs": [{"channel": "fax", "effective_at": "yesterday"}]},
             "rules": [{"condition": {"kind": "channel_block", "channels": ["sms"]}, "action": "explode"}],
             "history": [{"channel": "phone", "at": "2026-06-01T10:00:00", "status": "sent"}],
             "request": {"channel": "sms", "at": "2026-06-01T10:00:00Z"}}
            """
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            [
                "customer.opt_outs[0].channel",
                "customer.opt_outs[0].effective_at",
                "history[0].at",
                "rules[0].action",
            ],
            answer.Fields.Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("{\"request\": 5}", "request")]
    [InlineData("{\"customer\": {}", "body")]
    [InlineData("{}", "request")]
    public async Task A_body_of_another_shape_is_refused_with_its_place(string body, string field)
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Read);
        var answer = await caller.PostAsync("compliance/evaluate", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(answer.Fields, f => f.StartsWith(field, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_rule_blocks()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Read);
        var answer = await caller.PostAsync(
            "compliance/evaluate",
            """
            {"customer": {"timezone": "Europe/Paris"}, "history": [],
             "rules": [{"name": "Moon", "condition": {"kind": "moon_phase"}, "action": "log_warning"}],
             "request": {"channel": "email", "at": "2026-06-01T10:00:00Z"}}
            """
        );
        Assert.Equal("blocked", answer.Text("decision"));
    }

    private static bool IsRight(JsonObject vector, ApiAnswer answer) =>
        answer.Status == HttpStatusCode.OK
        && answer.Text("decision") == vector["expected"]!.GetValue<string>()
        && Utc(answer.Text("next_allowed_at"))
            == Utc(vector["next_allowed_at"]?.GetValue<string>());

    private static DateTimeOffset? Utc(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The body as contracts.md has it: <c>rules</c> as rows of compliance_rules.</summary>
    private static string WithRows(JsonObject vector)
    {
        var rows = new JsonArray();
        foreach (var parameters in vector["rule_params"]!.AsArray())
        {
            var condition = parameters!.DeepClone().AsObject();
            condition.Remove("action", out var action);
            condition.Remove("enabled", out var enabled);
            rows.Add(
                new JsonObject
                {
                    ["name"] = $"Rule {rows.Count + 1}",
                    ["action"] = action ?? "block_contact",
                    ["is_enabled"] = enabled ?? true,
                    ["condition"] = condition,
                }
            );
        }

        return new JsonObject
        {
            ["customer"] = vector["customer"]!.DeepClone(),
            ["rules"] = rows,
            ["history"] = vector["history"]!.DeepClone(),
            ["request"] = vector["request"]!.DeepClone(),
        }.ToJsonString();
    }

    private static List<JsonObject> Vectors()
    {
        var file = new[] { "../shared", "../../shared" }
            .Select(f => Path.GetFullPath(f, LocalFolders.Repository!))
            .Select(f => Path.Combine(f, "compliance", "vectors-public.jsonl"))
            .First(File.Exists);
        return [.. File.ReadLines(file).Select(l => JsonNode.Parse(l)!.AsObject())];
    }
}
