using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Domain.Audit;
using Dashboard.Tests.Shared;
using Dashboard.Web.Features.Operators.Commands;
using Dashboard.Web.Hosting;
using Dashboard.Web.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Identity;

/// <summary>No default account: the first administrator comes by a link that works once.</summary>
public sealed class FirstAdministratorTests
{
    [Fact]
    public async Task A_link_makes_one_administrator_once_and_other_links_stop_working()
    {
        await using var program = new RunningProgram();
        await program.InitializeAsync();
        var setup = program.Services.GetRequiredService<AdministratorSetup>();
        Assert.True(await setup.IsNeededAsync());
        var link = (await setup.FirstLinkAsync()).Value.Path;
        var second = (await setup.FirstLinkAsync()).Value.Path;

        using var visitor = program.NewVisitor();
        var weak = await SetUpAsync(visitor, link, "password1234");
        Assert.Contains("everyone tries", weak.Notice, StringComparison.Ordinal);
        await SetUpAsync(visitor, link, RunningProgram.Password);
        Assert.True(await visitor.IsInsideAsync());
        Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.GetAsync("/operators")).Status);

        using var other = program.NewVisitor();
        Assert.Contains(
            "does not work any more",
            (await other.GetAsync(link)).Notice,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "does not work any more",
            (await other.GetAsync(second)).Notice,
            StringComparison.Ordinal
        );
        Assert.Equal("exists", (await setup.FirstLinkAsync()).Error?.Code);
        Assert.Empty(
            await program.Database.DataSource.QueryAsync(
                "SELECT changes::text FROM audit_logs WHERE changes::text LIKE '%AQAAAA%'"
            )
        );
    }

    [Fact]
    public async Task Two_people_with_the_same_link_at_once_make_one_administrator()
    {
        await using var program = new RunningProgram();
        await program.InitializeAsync();
        var setup = program.Services.GetRequiredService<AdministratorSetup>();
        var runner = program.Services.GetRequiredService<CommandRunner>();
        var link = (await setup.FirstLinkAsync()).Value;
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(i =>
                    runner.RunAsync(
                        new AcceptSetupLink(link.Token, $"a{i}@example.test", "A", "hash"),
                        Actor.System("test")
                    )
                )
        );
        Assert.Single(results, r => r.Succeeded);
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal("link_used", r.Error!.Code));
    }

    [Theory]
    [InlineData("a@example.test", "short", "Dashboard:Admin:Password")]
    [InlineData("not an address", RunningProgram.Password, "Dashboard:Admin:Email")]
    [InlineData("a@example.test", "", "Dashboard:Admin:Email and Dashboard:Admin:Password")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(
        string email,
        string password,
        string named
    )
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await DashboardHost.BuildAsync([
            "--urls=http://127.0.0.1:0",
            "--Dashboard:Role=web",
            $"--Dashboard:Admin:Email={email}",
            $"--Dashboard:Admin:Password={password}",
            $"--ConnectionStrings:Dashboard={database.ConnectionString}",
        ]);
        var problem = await Assert.ThrowsAsync<StartUpException>(() => app.StartAsync());
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var program = new RunningProgram();
        await program.InitializeAsync();
        var only = await program.AddOperatorAsync(Roles.Administrator);
        var runner = program.Services.GetRequiredService<CommandRunner>();
        var someone = new Actor(
            ActorType.User,
            Guid.CreateVersion7().ToString(),
            "Someone",
            new HashSet<string> { Roles.Administrator }
        );
        var roles = await runner.RunAsync(
            new ChangeOperatorRoles(only.Id, [Roles.Supervisor], [Roles.Administrator]),
            someone
        );
        var locked = await runner.RunAsync(new LockOperator(only.Id), someone);
        Assert.Equal("last_administrator", roles.Error?.Code);
        Assert.Equal("last_administrator", locked.Error?.Code);

        var other = await program.AddOperatorAsync(Roles.Administrator);
        using var session = await program.NewVisitorAsync(other);
        Assert.True(await session.IsInsideAsync());
        Assert.True((await runner.RunAsync(new LockOperator(other.Id), someone)).Succeeded);
        Assert.True(await session.IsOutsideSoonAsync());
        Assert.Equal(["locked"], await program.AuditAsync(other.Id));
        Assert.Equal(["refused", "refused"], await program.AuditAsync(only.Id));
    }

    private static Task<Answer> SetUpAsync(Visitor visitor, string link, string password) =>
        visitor.SubmitAsync(
            link,
            "set-up",
            ("Input.Email", "first@example.test"),
            ("Input.Name", "First"),
            ("Input.Password", password),
            ("Input.Again", password)
        );
}
