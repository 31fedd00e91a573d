"""Tiny sentence-transformers models with random weights, of the kinds that people have."""

from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Dense, Pooling, Transformer
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    PreTrainedTokenizerFast,
)

_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
_WORDS = "sleep stress helps harms immune cells vaccines bridge steel query passage the of and : ."


def make_model(
    folder: Path,
    pooling: str = "mean",
    *,
    prompts: dict[str, str] | None = None,
    dense: bool = False,
) -> Path:
    """Write a model of two small layers and return its folder."""
    torch.manual_seed(7)
    words = _SPECIAL + _WORDS.split()
    plain = folder / "plain"
    BertModel(_config(words)).save_pretrained(plain)
    _tokenizer(words).save_pretrained(plain)
    modules = [Transformer(str(plain)), Pooling(32, pooling_mode=pooling)]
    if dense:
        modules.append(Dense(32, 16))
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save_pretrained(str(folder / "model"), create_model_card=False)
    return folder / "model"


def make_cross_encoder(folder: Path, labels: int = 1) -> Path:
    """Write a small cross-encoder, its weights large enough to tell texts apart."""
    torch.manual_seed(7)
    words = _SPECIAL + _WORDS.split()
    config = _config(words, num_labels=labels, initializer_range=0.3)
    model = BertForSequenceClassification(config)
    model.save_pretrained(folder)
    _tokenizer(words).save_pretrained(folder)
    return folder


def _config(words: list[str], **others: float) -> BertConfig:
    return BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
        **others,
    )


def _tokenizer(words: list[str]) -> PreTrainedTokenizerFast:
    special = {f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep")}
    numbers = {word: number for number, word in enumerate(words)}
    tokenizer = Tokenizer(WordLevel(numbers, special["unk_token"]))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[("[CLS]", numbers["[CLS]"]), ("[SEP]", numbers["[SEP]"])],
    )
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=64, **special)
