namespace Tidemark.Simulation.Histories;

/// <summary>512 bytes that all repeat one number; 0 for zeros.</summary>
internal readonly record struct Sector(long Stamp);
