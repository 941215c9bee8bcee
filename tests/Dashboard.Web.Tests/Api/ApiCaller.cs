using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Web.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Web.Tests.Api;

/// <summary>A program that calls the HTTP API with a key.</summary>
public sealed class ApiCaller : IDisposable
{
    private readonly HttpClient _client;

    private ApiCaller(Uri address, string? key)
    {
        _client = new HttpClient { BaseAddress = new Uri(address, "/api/v1/") };
        _client.DefaultRequestHeaders.Authorization = key is null
            ? null
            : new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>One with a fresh key of these scopes.</summary>
    public static async Task<ApiCaller> WithScopesAsync(
        RunningProgram program,
        params string[] scopes
    )
    {
        var key = await program
            .Services.GetRequiredService<CommandRunner>()
            .RunAsync(
                new CreateApiKey($"test {Guid.CreateVersion7()}", scopes),
                Actor.System("test")
            );
        return new ApiCaller(program.Address, key.Value.Key);
    }

    /// <summary>One with this key, or none.</summary>
    public static ApiCaller WithKey(RunningProgram program, string? key) =>
        new(program.Address, key);

    /// <summary>Posts JSON; the address is below /api/v1/.</summary>
    public Task<ApiAnswer> PostAsync(string path, object body) =>
        SendAsync(HttpMethod.Post, path, body);

    /// <summary>Gets.</summary>
    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Any method; a string body goes as it is.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(
                body as string ?? JsonSerializer.Serialize(body),
                Encoding.UTF8,
                "application/json"
            );
        }

        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new ApiAnswer(
            response.StatusCode,
            text.Length == 0 ? default : JsonDocument.Parse(text).RootElement
        );
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();
}

/// <summary>What came back.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, JsonElement Body)
{
    /// <summary>A text of the body; null when the key is missing or null.</summary>
    public string? Text(string key) =>
        Body.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Fields at fault.</summary>
    public IReadOnlyList<string> Fields =>
        Body.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateObject().Select(e => e.Name)]
            : [];
}
