using System.Net;
using Dashboard.Data.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Dashboard.Web.Tests.Identity;

/// <summary>
/// Every address × every kind of person. One table says who gets in; an address that is not in it fails the test, so a new
/// page cannot come without someone deciding who may see it.
/// </summary>
public sealed class RouteAccessTests(RunningProgram program) : IClassFixture<RunningProgram>
{
    private const string Anyone = "anyone";
    private const string SignedIn = "signed in";

    /// <summary>Programs with an API key only; a session does not count there.</summary>
    private const string ApiKey = "api key";

    /// <summary>Address → who gets in: anyone, whoever is signed in, or comma-separated roles.</summary>
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["/"] = Roles.AnyRole,
        ["/tasks"] = Roles.AnyRole,
        ["/approvals"] = Roles.AnyRole,
        ["/customers"] = Roles.AnyRole,
        ["/customers/reach.csv"] = Roles.AnyRole,
        ["/customers/{Id:guid}"] = Roles.AnyRole,
        ["/rules"] = Roles.AnyRole,
        ["/rules/new"] = Roles.AnyRole,
        ["/rules/{Id:guid}"] = Roles.AnyRole,
        ["/rules/packs"] = Roles.AnyRole,
        ["/rules/changes"] = Roles.AnyRole,
        ["/campaigns"] = Roles.AnyRole,
        ["/campaigns/{Id:guid}"] = Roles.AnyRole,
        ["/opt-outs"] = Roles.AnyRole,
        ["/opt-outs/import"] = $"{Roles.CollectionsManagers},{Roles.ComplianceOfficer}",
        ["/opt-outs/export.csv"] = Roles.AnyRole,
        ["/webhooks/twilio/sms"] = Anyone,
        ["/audit"] = Roles.ComplianceOfficers,
        ["/audit/export.csv"] = Roles.ComplianceOfficers,
        ["/audit/export.json"] = Roles.ComplianceOfficers,
        ["/agents"] = Roles.AnyRole,
        ["/imports"] = Roles.CollectionsManagers,
        ["/imports/{Id:guid}"] = Roles.CollectionsManagers,
        ["/imports/upload"] = Roles.CollectionsManagers,
        ["/imports/{id:guid}/rejections.csv"] = Roles.CollectionsManagers,
        ["/proof"] = Roles.AnyRole,
        ["/proof/{Id:guid}"] = Roles.AnyRole,
        ["/proof/{id:guid}/report.csv"] = Roles.AnyRole,
        ["/proof/{id:guid}/report.json"] = Roles.AnyRole,
        ["/operators"] = Roles.Administrators,
        ["/not-found"] = Anyone,
        ["/account"] = SignedIn,
        ["/account/two-factor"] = SignedIn,
        ["/account/session"] = SignedIn,
        ["/account/passkeys/creation-options"] = SignedIn,
        ["/account/passkeys/request-options"] = Anyone,
        ["/account/sign-in"] = Anyone,
        ["/account/sign-in/code"] = Anyone,
        ["/account/sign-out"] = Anyone,
        ["/account/set-up"] = Anyone,
        ["/account/access-denied"] = Anyone,
        ["/account/continue"] = Anyone,
        ["/unsubscribe/{token}"] = Anyone,
        ["/openapi/{documentName}.json"] = Anyone,
        ["/api/v1/compliance/evaluate"] = ApiKey,
        ["/api/v1/agents/{id:guid}/claim"] = ApiKey,
        ["/api/v1/tasks/{id:guid}/start"] = ApiKey,
        ["/api/v1/tasks/{id:guid}/complete"] = ApiKey,
        ["/api/v1/tasks/{id:guid}/fail"] = ApiKey,
        ["/api/v1/opt-outs"] = ApiKey,
        ["/api/v1/opt-outs/{id:guid}"] = ApiKey,
        ["/api/v1/approvals"] = ApiKey,
        ["/api/v1/approvals/{id:guid}/approve"] = ApiKey,
        ["/api/v1/approvals/{id:guid}/reject"] = ApiKey,
        ["/api/v1/compliance-rules"] = ApiKey,
        ["/api/v1/compliance-rules/{id:guid}"] = ApiKey,
        ["/api/v1/compliance-rules/backtest"] = ApiKey,
        ["/healthz"] = Anyone,
        ["/readyz"] = Anyone,
        ["/hubs/live"] = Roles.AnyRole,
        ["/hubs/live/negotiate"] = Roles.AnyRole,
        ["/_blazor"] = Roles.AnyRole,
        ["/_blazor/negotiate"] = Roles.AnyRole,
        ["/_blazor/disconnect"] = Roles.AnyRole,
        ["/_blazor/initializers"] = Roles.AnyRole,
    };

    [Fact]
    public async Task Every_address_lets_in_exactly_those_it_is_for()
    {
        var people = await PeopleAsync();
        var wrong = new List<string>();
        var addresses = Addresses();
        Assert.True(addresses.Count > 20);
        foreach (var (pattern, method) in addresses)
        {
            if (!s_expected.TryGetValue(pattern, out var expected))
            {
                wrong.Add($"{pattern} is not in the table: decide who may open it.");
                continue;
            }

            foreach (var (who, roles, visitor) in people)
            {
                var answer = await visitor.SendAsync(method, Concrete(pattern));
                var got = Outcome(answer);
                if (got != Expected(expected, roles))
                {
                    wrong.Add($"{method} {pattern} as {who}: {got} ({answer.Status})");
                }
            }
        }

        people.ForEach(p => p.Visitor.Dispose());
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    /// <summary>Going from page to page in a circuit asks only the page's own attribute, not the request pipeline.</summary>
    [Fact]
    public void Every_page_carries_its_own_attribute_and_it_says_the_same()
    {
        var wrong = new List<string>();
        var pages = typeof(Program)
            .Assembly.GetTypes()
            .Where(t => t.IsDefined(typeof(RouteAttribute), inherit: false))
            .ToList();
        Assert.True(pages.Count > 10);
        foreach (var page in pages)
        {
            var authorize = page.GetCustomAttributes(typeof(AuthorizeAttribute), inherit: true)
                .Cast<AuthorizeAttribute>()
                .ToList();
            var open = page.IsDefined(typeof(AllowAnonymousAttribute), inherit: true);
            var says =
                open ? Anyone
                : authorize.Count == 0 ? "nothing"
                : authorize.Select(a => a.Roles).FirstOrDefault(r => r is not null) ?? SignedIn;
            foreach (
                var route in page.GetCustomAttributes(typeof(RouteAttribute), inherit: false)
                    .Cast<RouteAttribute>()
            )
            {
                if (s_expected.GetValueOrDefault(route.Template) != says)
                {
                    wrong.Add($"{route.Template} ({page.Name}) says {says}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private async Task<List<(string Who, string[] Roles, Visitor Visitor)>> PeopleAsync()
    {
        var people = new List<(string, string[], Visitor)>
        {
            ("a signed-out person", ["signed out"], program.NewVisitor()),
            ("someone without a role", [], await SignedInAsync()),
        };
        foreach (var role in Roles.All)
        {
            people.Add((role, [role], await SignedInAsync(role)));
        }

        return people;
    }

    private async Task<Visitor> SignedInAsync(params string[] roles) =>
        await program.NewVisitorAsync(await program.AddOperatorAsync(roles));

    /// <summary>All but static files; those are open, the sign-in page needs them.</summary>
    private List<(string Pattern, HttpMethod Method)> Addresses() =>
        [
            .. program
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
                .Where(e => !IsFile(e.RoutePattern.RawText ?? ""))
                .Select(e =>
                    (
                        Pattern: "/" + e.RoutePattern.RawText?.Trim('/'),
                        Method: new HttpMethod(
                            e.Metadata.GetMetadata<HttpMethodMetadata>()
                                ?.HttpMethods.FirstOrDefault(m => m != "OPTIONS")
                                ?? "GET"
                        )
                    )
                )
                .Distinct(),
        ];

    private static bool IsFile(string pattern) =>
        pattern.Contains(":file}", StringComparison.Ordinal)
        || pattern.StartsWith("/_framework/", StringComparison.Ordinal);

    private static string Concrete(string pattern) =>
        System.Text.RegularExpressions.Regex.Replace(
            pattern,
            @"\{[^}]+\}",
            "0197a000-0000-7000-8000-000000000000",
            System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    private static string Expected(string expected, string[] roles) =>
        expected == Anyone ? "in"
        : roles is ["signed out"] || expected == ApiKey ? "signed out"
        : expected == SignedIn || expected.Split(',').Intersect(roles).Any() ? "in"
        : "denied";

    private static string Outcome(Answer answer) =>
        answer switch
        {
            { Status: HttpStatusCode.Unauthorized } => "signed out",
            { Status: HttpStatusCode.Forbidden } => "denied",
            { Status: HttpStatusCode.Found }
                when answer.Location.Contains("returnUrl=", StringComparison.Ordinal) =>
                answer.Location.StartsWith("/account/access-denied", StringComparison.Ordinal)
                    ? "denied"
                    : "signed out",
            _ => "in",
        };
}
