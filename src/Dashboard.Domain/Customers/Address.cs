using System.Text.Json.Serialization;
using Dashboard.Domain.Json;

namespace Dashboard.Domain.Customers;

/// <summary>contracts.md, customers.address.</summary>
public sealed class Address : JsonDocumentShape
{
    /// <summary>Street and number.</summary>
    public string? Street { get; set; }

    /// <summary>City.</summary>
    public string? City { get; set; }

    /// <summary>State or province.</summary>
    public string? State { get; set; }

    /// <summary>Postal code; schema.md spells the key <c>zipCode</c>.</summary>
    [JsonPropertyName("zipCode")]
    public string? ZipCode { get; set; }

    /// <summary>Country.</summary>
    public string? Country { get; set; }
}
