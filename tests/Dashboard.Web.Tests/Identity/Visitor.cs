using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Dashboard.Web.Tests.Identity;

/// <summary>A browser without scripts: keeps cookies, follows no redirects, fills real forms.</summary>
public sealed class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    /// <summary>Nothing but an address.</summary>
    public Visitor(Uri address)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = _cookies,
        };
        _client = new HttpClient(handler) { BaseAddress = address };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("visitor/1.0");
    }

    /// <summary>Puts a cookie into the jar.</summary>
    public void SetCookie(string name, string value) =>
        _cookies.Add(_client.BaseAddress!, new Cookie(name, value));

    /// <summary>The answer to a GET.</summary>
    public async Task<Answer> GetAsync(string path) =>
        await Answer.OfAsync(await _client.GetAsync(path));

    /// <summary>The answer to an empty request.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await Answer.OfAsync(await _client.SendAsync(request));
    }

    /// <summary>Opens <paramref name="page"/>, fills the form named <paramref name="form"/> and posts it.</summary>
    public async Task<Answer> SubmitAsync(
        string page,
        string form,
        params (string Name, string Value)[] values
    )
    {
        var shown = await GetAsync(page);
        var element =
            shown
                .Page.Forms.OfType<IHtmlFormElement>()
                .FirstOrDefault(f =>
                    f.GetAttribute("action") == form
                    || f.QuerySelector("input[name=_handler]")?.GetAttribute("value") == form
                )
            ?? throw new InvalidOperationException(
                $"{page} shows no form {form} ({shown.Status}): {shown.Text}"
            );
        var fields = element
            .QuerySelectorAll("input[name]")
            .ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value") ?? "");
        foreach (var (name, value) in values)
        {
            Assert.Contains(name, fields.Keys);
            fields[name] = value;
        }

        using var content = new FormUrlEncodedContent(fields);
        var action = element.GetAttribute("action");
        var target = string.IsNullOrEmpty(action) ? page : action;
        return await Answer.OfAsync(await _client.PostAsync(target, content));
    }

    /// <summary>Signs in by the form.</summary>
    public Task<Answer> SignInAsync(string email, string password) =>
        SubmitAsync(
            "/account/sign-in",
            "sign-in",
            ("Input.Email", email),
            ("Input.Password", password)
        );

    /// <summary>True when the overview opens.</summary>
    public async Task<bool> IsInsideAsync() => (await GetAsync("/")).Status == HttpStatusCode.OK;

    /// <summary>True when the overview closes within 10 s: sessions are checked once a second here.</summary>
    public async Task<bool> IsOutsideSoonAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await IsInsideAsync())
        {
            if (patience.IsCancellationRequested)
            {
                return false;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }

        return true;
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>What came back.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Location">Path and query of a redirect.</param>
/// <param name="Page">The parsed page.</param>
public sealed record Answer(HttpStatusCode Status, string Location, IDocument Page)
{
    /// <summary>The page's words.</summary>
    public string Text => Page.QuerySelector("main")?.TextContent ?? Page.Body?.TextContent ?? "";

    /// <summary>The message above the form.</summary>
    public string Notice => Page.QuerySelector(".account-notice")?.TextContent.Trim() ?? "";

    /// <summary>Reads a response.</summary>
    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var location = response.Headers.Location;
            var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
            return new Answer(
                response.StatusCode,
                location is null ? ""
                    : location.IsAbsoluteUri ? location.PathAndQuery
                    : location.OriginalString,
                page
            );
        }
    }
}
