namespace Tidemark.Catalog;

/// <summary>One commit of the database: every transaction that waited when it began.</summary>
/// <param name="Elapsed">From its begin until it was durable and the journal had it.</param>
/// <param name="TransactionCount">Transactions in it, those that failed alone included.</param>
/// <param name="Failure">Why nothing of it was committed; null when it was.</param>
public readonly record struct CatalogCommit(TimeSpan Elapsed, int TransactionCount, Exception? Failure);
