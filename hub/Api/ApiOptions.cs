using System.ComponentModel.DataAnnotations;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Api;

/// <summary>What every protocol of the hub shares.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>System a bare 15-character INS means (contract §3). Default: the INS-NIR of production, <c>urn:oid:1.2.250.1.213.1.4.8</c>.</summary>
    [Required] public string DefaultInsSystem { get; set; } = PatientKeySystems.InsNir;
}
