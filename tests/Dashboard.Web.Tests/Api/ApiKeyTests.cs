using System.Net;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Tests.Shared;
using Dashboard.Web.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Api;

/// <summary>Who gets into the API.</summary>
public sealed class ApiKeyTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Theory]
    [InlineData(null)]
    [InlineData("cec_nonsense")]
    [InlineData("something else")]
    public async Task Without_a_key_that_works_the_answer_is_a_problem_that_says_what_to_do(
        string? key
    )
    {
        using var caller = ApiCaller.WithKey(program, key);
        var answer = await caller.PostAsync("compliance/evaluate", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains("Bearer", answer.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_stored_as_a_hash_only_and_audited_without_it()
    {
        var made = await CreateAsync("ledger sync", ApiScopes.All);
        Assert.StartsWith(CreateApiKey.Prefix, made.Key, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Key, made.ToString(), StringComparison.Ordinal);
        var stored = await program.Database.DataSource.ScalarAsync<long>(
            $"SELECT count(*) FROM ops.api_keys k, audit_logs a WHERE k.id = '{made.Id}' AND a.entity_id = k.id AND (k::text || a::text) LIKE '%{made.Key[8..]}%'"
        );
        Assert.Equal(0, stored);
        Assert.Equal(
            1,
            await program.Database.DataSource.ScalarAsync<long>(
                $"SELECT count(*) FROM audit_logs WHERE entity_type = 'api_key' AND entity_id = '{made.Id}' AND action = 'created'"
            )
        );
    }

    [Fact]
    public async Task A_revoked_key_stops_within_seconds()
    {
        var made = await CreateAsync("short-lived", ApiScopes.Read);
        using var caller = ApiCaller.WithKey(program, made.Key);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await caller.PostAsync("compliance/evaluate", new { })).Status
        );

        await Runner.RunAsync(new RevokeApiKey(made.Id), Actor.System("test"));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (
            (await caller.PostAsync("compliance/evaluate", new { })).Status
            != HttpStatusCode.Unauthorized
        )
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    [Theory]
    [InlineData("", "read", "name")]
    [InlineData("x", "write", "scope")]
    public async Task A_key_with_a_fault_is_not_made(string name, string scope, string field)
    {
        var result = await Runner.RunAsync(new CreateApiKey(name, [scope]), Actor.System("test"));
        Assert.Equal(field, result.Error?.Field);
    }

    [Fact]
    public async Task The_description_names_what_there_is()
    {
        using var client = new HttpClient { BaseAddress = program.Address };
        var text = await client.GetStringAsync("/openapi/v1.json");
        Assert.Contains("/api/v1/compliance/evaluate", text, StringComparison.Ordinal);
        Assert.Contains("\"next_allowed_at\"", text, StringComparison.Ordinal);
    }

    private CommandRunner Runner => program.Services.GetRequiredService<CommandRunner>();

    private async Task<NewApiKey> CreateAsync(string name, string scope) =>
        (await Runner.RunAsync(new CreateApiKey(name, [scope]), Actor.System("test"))).Value;
}
