using System.Net;
using Dashboard.Data.Operators;
using Dashboard.Tests.Shared;
using Dashboard.Web.Tests.Identity;
using Xunit;

namespace Dashboard.Web.Tests.Api;

/// <summary>Opt-outs and approvals through the HTTP API.</summary>
public sealed class OptOutEndpointTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Fact]
    public async Task An_opt_out_cancels_what_waits_and_answers_with_the_receipt()
    {
        var customer = Some.Customer();
        var waiting = Some.Task(customer);
        await program.Database.AddAsync(customer, Some.Profile(customer), waiting);
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Collections);

        var receipt = await caller.PostAsync(
            "opt-outs",
            new
            {
                customer_id = customer.Id,
                channel = "email",
                reason = "asked by letter",
            }
        );
        var list = await caller.GetAsync($"opt-outs?customer_id={customer.Id}");
        var id = list.Body.GetProperty("items")[0].GetProperty("id").GetString();
        var byManager = await caller.SendAsync(
            HttpMethod.Delete,
            $"opt-outs/{id}?reason=mistake",
            null
        );
        using var officer = await ApiCaller.WithScopesAsync(program, ApiScopes.Compliance);
        var byOfficer = await officer.SendAsync(
            HttpMethod.Delete,
            $"opt-outs/{id}?reason=mistake",
            null
        );

        Assert.Equal(HttpStatusCode.Created, receipt.Status);
        Assert.Equal(1, receipt.Body.GetProperty("cancelled_count").GetInt32());
        Assert.Equal(
            waiting.Id.ToString(),
            receipt.Body.GetProperty("cancelled")[0].GetProperty("id").GetString()
        );
        Assert.Equal(HttpStatusCode.Forbidden, byManager.Status);
        Assert.Equal(HttpStatusCode.OK, byOfficer.Status);
        Assert.Equal(1, byOfficer.Body.GetProperty("removed").GetInt32());
    }

    [Fact]
    public async Task What_cannot_be_used_is_named()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Compliance);
        var unknown = await caller.PostAsync(
            "opt-outs",
            new { customer_id = Guid.CreateVersion7(), channel = "phone" }
        );
        var fax = await caller.PostAsync(
            "opt-outs",
            new { customer_id = Guid.CreateVersion7(), channel = "fax" }
        );
        var state = await caller.GetAsync("opt-outs?state=sometimes");
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal(["channel"], fax.Fields);
        Assert.Equal(["state"], state.Fields);
    }

    [Fact]
    public async Task Approvals_are_listed_and_an_unknown_one_cannot_be_decided()
    {
        using var caller = await ApiCaller.WithScopesAsync(program, ApiScopes.Compliance);
        var list = await caller.GetAsync("approvals");
        var decided = await caller.PostAsync(
            $"approvals/{Guid.CreateVersion7()}/reject",
            new { note = "no" }
        );
        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.Equal(0, list.Body.GetProperty("items").GetArrayLength());
        Assert.True(decided.Status is HttpStatusCode.NotFound or HttpStatusCode.Conflict);
        using var manager = await ApiCaller.WithScopesAsync(program, ApiScopes.Collections);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await manager.PostAsync($"approvals/{Guid.CreateVersion7()}/approve", new { })).Status
        );
    }
}
