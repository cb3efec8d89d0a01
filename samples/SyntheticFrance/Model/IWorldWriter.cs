namespace DmpFederation.SyntheticFrance.Model;

/// <summary>Takes the patients of a world one by one, in order, and writes them in a system's own form. Complete once disposed.</summary>
public interface IWorldWriter : IDisposable
{
    void Add(SyntheticPatient patient);
}
