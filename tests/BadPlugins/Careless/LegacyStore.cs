using DmpFederation.Sdk;

namespace DmpFederation.BadPlugins.Careless;

/// <summary>The legacy: named files.</summary>
internal abstract class LegacyStore
{
    /// <summary>The file, or null when there is none of that name.</summary>
    /// <exception cref="SourceFaultException">The legacy could not be asked.</exception>
    public abstract Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken);
}

internal sealed class FolderStore(string folder) : LegacyStore
{
    public override async Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        var file = Path.Combine(folder, name);
        return File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellationToken) : null;
    }
}

internal sealed class HttpStore(HttpClient http, Uri address, Defects defects) : LegacyStore
{
    public override Task<byte[]?> FindAsync(string name, CancellationToken cancellationToken) => FetchAsync(new Uri(address, name),
        cancellationToken);

    private async Task<byte[]?> FetchAsync(Uri target, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(target, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            switch ((int)answer.StatusCode)
            {
                case 404:
                    return null;
                case >= 300 and < 400:
                    if (defects.Has("follows-redirects"))
                        await FetchAsync(answer.Headers.Location!, cancellationToken);
                    throw new SourceFaultException(SourceFaultCodes.ForeignLink);
                case 401:
                    return defects.Has("refused-is-unknown") ? null : throw new SourceFaultException(SourceFaultCodes.Refused);
                case >= 400:
                    return defects.Has("errors-are-empty") ? [] : throw new SourceFaultException(SourceFaultCodes.ErrorStatus);
                default:
                    return await BodyAsync(answer, cancellationToken);
            }
        }
        catch (HttpRequestException)
        {
            return defects.Has("away-is-empty") ? [] : throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
    }

    private async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
            await stream.CopyToAsync(body, cancellationToken);
        }
        catch (IOException)
        {
            if (!defects.Has("cut-is-whole"))
                throw new SourceFaultException(SourceFaultCodes.Unreachable);
        }
        catch (SourceFaultException) when (defects.Has("swallows-too-large"))
        {
            return body.ToArray();
        }
        return body.ToArray();
    }
}
