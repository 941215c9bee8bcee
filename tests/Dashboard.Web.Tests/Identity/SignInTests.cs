using System.Net;
using Dashboard.Data.Operators;
using Xunit;

namespace Dashboard.Web.Tests.Identity;

/// <summary>Signing in and out by the real forms.</summary>
public sealed class SignInTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    [Fact]
    public async Task The_right_password_opens_the_page_that_was_asked_for_and_leaves_an_audit_row()
    {
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var visitor = program.NewVisitor();
        var asked = await visitor.GetAsync("/tasks?state=failed");
        Assert.Equal("/account/sign-in?returnUrl=%2Ftasks%3Fstate%3Dfailed", asked.Location);
        var answer = await visitor.SubmitAsync(
            asked.Location,
            "sign-in",
            ("Input.Email", user.Email!),
            ("Input.Password", RunningProgram.Password)
        );
        Assert.EndsWith("/tasks?state=failed", answer.Location, StringComparison.Ordinal);
        Assert.True(await visitor.IsInsideAsync());
        Assert.Contains("signed_in", await program.AuditAsync(user.Id));
    }

    [Fact]
    public async Task Nobody_is_led_out_of_the_product_after_signing_in()
    {
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var visitor = program.NewVisitor();
        var answer = await visitor.SubmitAsync(
            "/account/sign-in?returnUrl=%2F%2Fevil.example",
            "sign-in",
            ("Input.Email", user.Email!),
            ("Input.Password", RunningProgram.Password)
        );
        Assert.EndsWith("/", answer.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", answer.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_account_an_unknown_one_and_a_wrong_password_get_the_same_answer()
    {
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var visitor = program.NewVisitor();
        var wrong = await visitor.SignInAsync(user.Email!, "not the password at all");
        await visitor.SignInAsync(user.Email!, "not the password at all");
        await visitor.SignInAsync(user.Email!, "not the password at all");
        var locked = await visitor.SignInAsync(user.Email!, RunningProgram.Password);
        var unknown = await visitor.SignInAsync("nobody@example.test", RunningProgram.Password);
        Assert.Contains("After 3 wrong tries", wrong.Notice, StringComparison.Ordinal);
        Assert.Equal(wrong.Notice, locked.Notice);
        Assert.Equal(wrong.Notice, unknown.Notice);
        Assert.False(await visitor.IsInsideAsync());
        var rows = await program.AuditAsync(user.Id);
        Assert.Equal(2, rows.Count(r => r == "sign_in_failed"));
        Assert.Equal(2, rows.Count(r => r == "locked_out"));
        Assert.Contains("sign_in_failed", await program.AuditAsync(Guid.Empty));
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var visitor = program.NewVisitor();
        await visitor.SignInAsync(user.Email!, RunningProgram.Password);
        var answer = await visitor.SubmitAsync("/account", "/account/sign-out");
        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.False(await visitor.IsInsideAsync());
        Assert.Contains("signed_out", await program.AuditAsync(user.Id));
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        var user = await program.AddOperatorAsync(Roles.Supervisor);
        using var visitor = await program.NewVisitorAsync(user);
        var answer = await visitor.SendAsync(HttpMethod.Post, "/account/sign-out");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.True(await visitor.IsInsideAsync());
    }
}
