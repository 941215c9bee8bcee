using System.Net;
using Dashboard.Data.Operators;
using Dashboard.Tests.Shared;
using Xunit;

namespace Dashboard.Web.Tests.Identity;

/// <summary>How sessions end.</summary>
public sealed class SessionTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Fact]
    public async Task Signing_out_everywhere_ends_the_session_of_another_browser()
    {
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var office = program.NewVisitor();
        using var phone = await program.NewVisitorAsync(user);
        await office.SignInAsync(user.Email!, RunningProgram.Password);
        Assert.True(await phone.IsInsideAsync());
        await office.SubmitAsync("/account", "everywhere");
        Assert.True(await phone.IsOutsideSoonAsync());
        Assert.False(await office.IsInsideAsync());
        Assert.Contains("signed_out_everywhere", await program.AuditAsync(user.Id));
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        const string fresh = "seven purple lanterns drift";
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var office = program.NewVisitor();
        using var phone = await program.NewVisitorAsync(user);
        await office.SignInAsync(user.Email!, RunningProgram.Password);
        var answer = await office.SubmitAsync(
            "/account",
            "password",
            ("Input.Old", RunningProgram.Password),
            ("Input.New", fresh),
            ("Input.Again", fresh)
        );
        Assert.EndsWith("said=password", answer.Location, StringComparison.Ordinal);
        Assert.True(await office.IsInsideAsync());
        Assert.True(await phone.IsOutsideSoonAsync());
        Assert.Contains("password_changed", await program.AuditAsync(user.Id));
    }

    [Fact]
    public async Task An_expired_cookie_opens_nothing_and_cannot_be_renewed()
    {
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var late = await program.NewVisitorAsync(user, validFor: TimeSpan.FromSeconds(-1));
        Assert.StartsWith(
            "/account/sign-in",
            (await late.GetAsync("/")).Location,
            StringComparison.Ordinal
        );
        var renewal = await late.SendAsync(HttpMethod.Post, "/account/session");
        Assert.Equal(HttpStatusCode.Unauthorized, renewal.Status);
    }

    [Fact]
    public async Task A_session_in_use_is_renewed()
    {
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var visitor = await program.NewVisitorAsync(user);
        var renewal = await visitor.SendAsync(HttpMethod.Post, "/account/session");
        Assert.Equal(HttpStatusCode.OK, renewal.Status);
        Assert.NotEmpty(renewal.Text);
        Assert.True(await visitor.IsInsideAsync());
    }

    [Fact]
    public async Task The_key_ring_is_in_the_database()
    {
        using var visitor = program.NewVisitor();
        await visitor.GetAsync("/account/sign-in");
        var keys = await program.Database.DataSource.ScalarAsync<long>(
            "SELECT count(*) FROM ops.data_protection_keys"
        );
        Assert.True(keys >= 1);
    }
}
